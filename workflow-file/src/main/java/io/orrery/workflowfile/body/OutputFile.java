package io.orrery.workflowfile.body;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the file to which a job writes its outputs: lines {@code name=value}, or {@code name<<END} and lines up to {@code END}. */
final class OutputFile {

    private static final long LONGEST = 4 * 1024 * 1024;

    private OutputFile() {}

    static Map<String, String> read(Path file) throws JobFailure {
        try {
            if (!Files.exists(file)) {
                return Map.of();
            }
            if (Files.size(file) > LONGEST) {
                throw new JobFailure("The output file of a job has at most 4 MiB. Name a file in it instead.");
            }
            var decoder = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
            String text =
                    decoder.decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
            return values(text.lines().toList());
        } catch (IOException e) {
            throw new JobFailure("The output file of the job can't be read: " + e + ".", e);
        }
    }

    private static Map<String, String> values(List<String> lines) throws JobFailure {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            int equals = line.indexOf('=');
            int here = line.indexOf("<<");
            if (line.isBlank()) {
                continue;
            }
            if (here > 0 && (equals < 0 || here < equals)) {
                String mark = line.substring(here + 2);
                int end = i + 1;
                while (end < lines.size() && !lines.get(end).equals(mark)) {
                    end++;
                }
                if (end == lines.size()) {
                    throw new JobFailure("The output file has no line \"" + mark
                            + "\" to end the value that begins with \"" + line + "\". Write one.");
                }
                values.put(line.substring(0, here), String.join("\n", lines.subList(i + 1, end)));
                i = end;
            } else if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            } else {
                throw new JobFailure("The output file has lines name=value, but here is \"" + line + "\".");
            }
        }
        return values;
    }
}
