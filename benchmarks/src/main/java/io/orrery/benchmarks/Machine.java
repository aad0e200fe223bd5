package io.orrery.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The facts about the machine that figures are worth nothing without. */
public final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Machine() {}

    /** By their names, in the order in which they are shown. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", (SYSTEM.getTotalMemorySize() >> 30) + " GiB");
        facts.put("load before", String.format(Locale.ROOT, "%.1f", SYSTEM.getSystemLoadAverage()));
        facts.put("system", SYSTEM.getName() + " " + SYSTEM.getVersion() + ", " + SYSTEM.getArch());
        facts.put("Java", System.getProperty("java.vendor.version", "") + ", " + Runtime.version());
        facts.put("commit", commit());
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        return facts;
    }

    private static String processor() {
        Path file = Path.of("/proc/cpuinfo");
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElse("unknown")
                    : "unknown";
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String commit() {
        String changed = git("status", "--porcelain", "--untracked-files=no").isEmpty() ? "" : ", with changes";
        return git("rev-parse", "--short", "HEAD") + changed;
    }

    private static String git(String... arguments) {
        try {
            String[] command = new String[arguments.length + 1];
            command[0] = "git";
            System.arraycopy(arguments, 0, command, 1, arguments.length);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var output = process.inputReader()) {
                return String.join("\n", output.readAllLines());
            }
        } catch (IOException e) {
            return "unknown";
        }
    }
}
