package io.orrery.workflowfile.body;

import io.orrery.workflowfile.expression.Template;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a job does, with what is known only when it runs still open. Immutable. */
public sealed interface Work {

    /** What it does, for people. */
    String describe();

    /** Nothing. */
    record Nothing() implements Work {
        @Override
        public String describe() {
            return "";
        }
    }

    /** Commands, one after the other. */
    record Commands(List<CommandText> commands, Surroundings where) implements Work {
        /** Copies the list. */
        public Commands {
            commands = List.copyOf(commands);
        }

        @Override
        public String describe() {
            return commands.stream().map(CommandText::describe).collect(Collectors.joining("\n"));
        }
    }

    /** An HTTP request. */
    record Http(HttpCall call) implements Work {
        @Override
        public String describe() {
            return call.method() + " " + call.url().text();
        }
    }

    /**
     * A job in Java.
     *
     * @param name its name
     * @param with what it is given: texts, numbers, booleans, templates, and lists and maps of these
     */
    record Java(String name, Map<String, Object> with) implements Work {
        @Override
        public String describe() {
            return name;
        }
    }

    /** An HTTP request. */
    record HttpCall(
            String method,
            Template url,
            Map<String, Template> headers,
            Map<String, Template> query,
            Content content,
            Expected expected) {}

    /** What is sent. */
    sealed interface Content {}

    /** No body. */
    record NoContent() implements Content {}

    /** A value as JSON. */
    record JsonContent(Object value) implements Content {}

    /** A form. */
    record FormContent(Map<String, Template> fields) implements Content {}

    /** A text. */
    record TextContent(Template text) implements Content {}

    /**
     * What an answer has to be.
     *
     * @param statuses one of these; empty for 200 to 299
     * @param json values by JSON pointer
     * @param match a regular expression found in the body; null for none
     */
    record Expected(
            List<Integer> statuses,
            Map<String, Object> json,
            @Nullable Pattern match) {}
}
