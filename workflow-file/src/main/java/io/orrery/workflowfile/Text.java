package io.orrery.workflowfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The text of a file, or the reason why there is none.
 *
 * @param problems where problems of this text are collected
 * @param text the text; null if it could not be read, in which case the problems say why
 */
record Text(Problems problems, @Nullable String text) {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /**
     * Reads a file.
     *
     * @param shown how it is called in problems
     */
    static Text read(Path path, Path shown) {
        try {
            if (Files.isDirectory(path)) {
                return none(shown, "", Code.UNREADABLE, Span.START, "This is a directory. Name a file in it.");
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(path)) {
                bytes = in.readNBytes(Limits.BYTES + 1);
            }
            if (bytes.length > Limits.BYTES) {
                return none(shown, "", Code.TOO_BIG, Span.START, tooBig());
            }
            return decode(shown, bytes);
        } catch (NoSuchFileException e) {
            return none(shown, "", Code.UNREADABLE, Span.START, "There is no such file. Check the path.");
        } catch (AccessDeniedException e) {
            return none(shown, "", Code.UNREADABLE, Span.START, "The file must not be read. Check its permissions.");
        } catch (IOException e) {
            return none(
                    shown,
                    "",
                    Code.UNREADABLE,
                    Span.START,
                    "The file can't be read: " + e.getMessage() + ". Copy it to another place, or repair that.");
        }
    }

    private static String tooBig() {
        return "A workflow file has at most " + Limits.BYTES / 1024 / 1024
                + " MiB. Split it, or keep data in files of its own.";
    }

    private static Text decode(Path path, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, /* endOfInput= */ true);
        String text = out.flip().toString();
        if (result.isError()) {
            Span at = new Source("", text).at(text.codePointCount(0, text.length()));
            String message = "A workflow file is UTF-8 text, but the byte at offset " + in.position()
                    + " is 0x%02X".formatted(bytes[in.position()])
                    + ", which can't stand there. Save the file as UTF-8.";
            return none(path, "", Code.NOT_UTF8, at, message);
        }
        if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
            text = text.substring(1);
        }
        return new Text(new Problems(new Source(path.toString(), text)), text);
    }

    private static Text none(Path path, String text, Code code, Span at, String message) {
        var problems = new Problems(new Source(path.toString(), text));
        problems.add(code, at, message);
        return new Text(problems, null);
    }
}
