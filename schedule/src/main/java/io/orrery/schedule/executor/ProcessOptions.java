package io.orrery.schedule.executor;

import io.orrery.schedule.PayloadCodec;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How {@linkplain JobExecutor#processes child processes} run jobs. Immutable; each method that sets something returns another
 * one.
 */
public final class ProcessOptions {

    private final Class<? extends JobDeclarations> declarations;
    // Set once, by the method that makes a copy; read by any thread.
    private int limit = Runtime.getRuntime().availableProcessors();
    private PayloadCodec codec = PayloadCodec.plain();
    private List<String> jvm = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private List<Path> classPath = List.of();

    private ProcessOptions(Class<? extends JobDeclarations> declarations) {
        this.declarations = declarations;
    }

    /**
     * As many processes as there are processors, with a quick start and the class path of this process.
     *
     * @param declarations says what the jobs are; made anew in each process
     */
    public static ProcessOptions of(Class<? extends JobDeclarations> declarations) {
        return new ProcessOptions(Objects.requireNonNull(declarations, "The class that declares the jobs is needed."));
    }

    private ProcessOptions with(Consumer<ProcessOptions> change) {
        var copy = new ProcessOptions(declarations);
        copy.limit = limit;
        copy.codec = codec;
        copy.jvm = jvm;
        copy.classPath = classPath;
        change.accept(copy);
        return copy;
    }

    /**
     * Sets how many processes there are at once at most; further fires wait, higher priorities first.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public ProcessOptions limit(int processes) {
        Lanes.positive("processes", processes);
        return with(copy -> copy.limit = processes);
    }

    /**
     * Sets what writes payloads of local stores for the way to the process, and results for the way back; plain values unless
     * set. Payloads of other stores go as they are. The declarations need to give it to their catalog.
     */
    public ProcessOptions payloads(PayloadCodec payloads) {
        Objects.requireNonNull(payloads, "A codec is needed.");
        return with(copy -> copy.codec = payloads);
    }

    /** Adds options of the Java virtual machine, such as {@code -Xmx256m}. */
    public ProcessOptions jvm(String... options) {
        return with(copy ->
                copy.jvm = Stream.concat(jvm.stream(), Stream.of(options)).toList());
    }

    /** Sets the class path of the processes; that of this one unless set. Everything on it is in the unnamed module. */
    public ProcessOptions classPath(List<Path> entries) {
        return with(copy -> copy.classPath = List.copyOf(entries));
    }

    Class<? extends JobDeclarations> declarations() {
        return declarations;
    }

    int limit() {
        return limit;
    }

    PayloadCodec codec() {
        return codec;
    }

    List<String> jvm() {
        return jvm;
    }

    List<Path> classPath() {
        return classPath;
    }
}
