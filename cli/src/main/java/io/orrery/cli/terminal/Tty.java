package io.orrery.cli.terminal;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks the C library about file descriptors. {@link System#console} can't be asked: it is there only if the standard input and
 * output both are terminals, and progress goes to the standard error.
 *
 * <p>JLine can tell too, but wants the standard input to be a terminal, and takes half a second. Where the C library is not
 * that of a Unix, no descriptor is a terminal: progress is shown line by line there.
 */
final class Tty {

    private static final String OS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    private static final boolean IS_UNIX = OS.contains("linux") || OS.contains("mac") || OS.contains("bsd");
    private static final long TIOCGWINSZ = OS.contains("linux") ? 0x5413 : 0x40087468;
    /** struct winsize: four unsigned shorts, rows and columns first. */
    private static final long WINSIZE_BYTES = 8;

    private Tty() {}

    /** Whether a file descriptor is a terminal. */
    static boolean isTerminal(int descriptor) {
        if (!IS_UNIX) {
            return false;
        }
        try {
            return (int) C.ISATTY.invokeExact(descriptor) == 1;
        } catch (Throwable e) {
            throw new AssertionError("isatty does not throw", e);
        }
    }

    /** The size of the terminal that a file descriptor is; empty if it is none, or does not know its size. */
    static Optional<Size> size(int descriptor) {
        if (!IS_UNIX) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment winsize = arena.allocate(WINSIZE_BYTES, 2);
            int result = (int) C.IOCTL.invokeExact(descriptor, TIOCGWINSZ, winsize);
            var size = new Size(
                    Short.toUnsignedInt(winsize.get(ValueLayout.JAVA_SHORT, 0)),
                    Short.toUnsignedInt(winsize.get(ValueLayout.JAVA_SHORT, 2)));
            return result == 0 && size.rows() > 0 && size.columns() > 0 ? Optional.of(size) : Optional.empty();
        } catch (Throwable e) {
            throw new AssertionError("ioctl does not throw", e);
        }
    }

    /** The two functions. A class of its own, so that they are looked up only where they exist. */
    private static final class C {
        static final MethodHandle ISATTY =
                function("isatty", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle IOCTL = function(
                "ioctl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));

        @SuppressWarnings("restricted") // the manifest of the jar allows native access
        private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            SymbolLookup library = linker.defaultLookup();
            return linker.downcallHandle(library.find(name).orElseThrow(), type, options);
        }
    }
}
