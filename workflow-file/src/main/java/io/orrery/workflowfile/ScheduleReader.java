package io.orrery.workflowfile;

import io.orrery.workflowfile.expression.Template;
import io.orrery.workflowfile.format.Vocabularies;
import io.orrery.workflowfile.format.Vocabulary;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads {@code schedules}: what they say, without asking when that is. */
final class ScheduleReader {

    private static final List<String> KINDS =
            List.of("cron", "fields", "every", "at", "calendar", "allOf", "anyOf", "onShutdown");
    /** Fields without which it is known, but for the zone, when a schedule fires. */
    private static final Set<String> ASIDE =
            Set.of("timezone", "paused", "maxInstances", "params", "misfire", "tags", "overlap");

    private final Values values;
    private final Problems problems;
    private final Set<String> parameters;
    private int aside; // problems with such fields

    ScheduleReader(Values values, Set<String> parameters) {
        this.values = values;
        this.problems = values.problems();
        this.parameters = parameters;
    }

    List<ScheduleModel> read(@Nullable Node node) {
        var schedules = new ArrayList<ScheduleModel>();
        var checks = new ScheduleChecks(problems);
        if (node instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, "\"schedules\"", problems)) {
                if (!Names.PARAMETER.matcher(entry.name()).matches()) {
                    problems.add(
                            Code.BAD_NAME,
                            entry.key(),
                            "The name of a schedule has letters, digits, - and _, but this is "
                                    + Names.quote(entry.name()) + ". Rename it.");
                    continue;
                }
                int before = problems.count() - aside;
                int asideBefore = aside;
                Map<String, Object> fields = schedule(entry.value(), "schedule \"" + entry.name() + "\"");
                var schedule = new ScheduleModel(entry.name(), Span.of(entry.key()), fields);
                boolean isTimed = problems.count() - aside == before; // else it can't be asked when it fires
                if (isTimed && aside == asideBefore) {
                    checks.check(schedule);
                    schedules.add(schedule);
                } else if (isTimed) {
                    checks.checkInAnyZone(schedule);
                }
            }
        } else if (node != null) {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "\"schedules\" is a mapping of names and schedules, but here is " + Values.kind(node)
                            + ". Write {nightly: {cron: \"30 2 * * *\"}}.");
        }
        return schedules;
    }

    private Map<String, Object> schedule(Node node, String where) {
        Fields fields = Fields.of(node, Vocabularies.SCHEDULE, where, problems);
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() > 1) {
            problems.add(
                    Code.TWO_ACTIONS,
                    fields.key(kinds.get(1)),
                    "A schedule says in one way when it fires, but %s has \"%s\". Use anyOf or allOf for several."
                            .formatted(where, String.join("\" and \"", kinds)));
        } else if (kinds.isEmpty() && fields.isComplete() && fields.isMapping()) {
            problems.add(
                    Code.MISSING_FIELD,
                    node,
                    "A schedule says when it fires, but %s does not. Add one of %s."
                            .formatted(where, String.join(", ", KINDS)));
        }
        Map<String, Object> read = new LinkedHashMap<>();
        for (String name : Vocabularies.SCHEDULE.known()) {
            Node value = fields.value(name);
            int before = problems.count();
            Object meant = value == null ? null : field(name, value, fields);
            aside += ASIDE.contains(name) ? problems.count() - before : 0;
            if (meant != null) {
                read.put(name, meant);
            }
        }
        return read;
    }

    private @Nullable Object field(String name, Node node, Fields fields) {
        String what = fields.what(name);
        return switch (name) {
            case "every", "jitter" -> values.duration(node, what);
            case "onShutdown", "paused" -> values.bool(node, what);
            case "maxInstances" -> values.whole(node, what, 1, Limits.WINDOW);
            case "allOf", "anyOf" -> several(node, what);
            case "fields" -> texts(values.mapping(node, what));
            case "params" -> params(node, what);
            case "calendar" -> parts(node, Vocabularies.CALENDAR, what);
            case "misfire" -> parts(node, Vocabularies.MISFIRE, what);
            case "tags" -> values.texts(node, what);
            case "timezone" -> zone(node, what);
            case "overlap" ->
                word(
                        node,
                        what,
                        List.of("skip", "buffer-one", "buffer-all", "cancel-other", "terminate-other", "allow-all"));
            default -> values.text(node, what);
        };
    }

    private static Map<String, Object> texts(Map<String, Template> templates) {
        Map<String, Object> texts = new LinkedHashMap<>();
        templates.forEach((name, template) -> texts.put(name, template.text()));
        return texts;
    }

    private List<Object> several(Node node, String what) {
        var all = new ArrayList<Object>();
        if (node instanceof SequenceNode list && !list.getValue().isEmpty()) {
            list.getValue().forEach(item -> all.add(schedule(item, "each part of " + what)));
        } else {
            problems.add(
                    Code.WRONG_TYPE,
                    node,
                    "%s is a list of schedules, but here is %s. Write [{every: 1h}, {cron: \"0 4 * * *\"}]."
                            .formatted(what, Values.kind(node)));
        }
        return all;
    }

    private Map<String, Object> params(Node node, String what) {
        if (node instanceof MappingNode mapping) {
            for (Entries.Entry entry : Entries.of(mapping, what, problems)) {
                if (!parameters.contains(entry.name())) {
                    String nearest = problems.nearest(entry.name(), parameters);
                    problems.add(
                            Code.UNKNOWN_NAME,
                            entry.key(),
                            "There is no parameter %s. %s"
                                    .formatted(
                                            Names.quote(entry.name()),
                                            nearest == null
                                                    ? "Declare it under \"params\"."
                                                    : "Did you mean \"" + nearest + "\"?"));
                }
            }
        }
        return texts(values.mapping(node, what));
    }

    private Map<String, Object> parts(Node node, Vocabulary vocabulary, String what) {
        Fields fields = Fields.of(node, vocabulary, what, problems);
        Map<String, Object> parts = new LinkedHashMap<>();
        vocabulary.needed().forEach(name -> fields.needed(name, "how often it fires", problems));
        for (String name : vocabulary.known()) {
            Node value = fields.value(name);
            Object part = value == null
                    ? null
                    : switch (name) {
                        case "grace" -> values.duration(value, fields.what(name));
                        case "coalesce" -> word(value, fields.what(name), List.of("earliest", "latest", "all"));
                        default -> values.text(value, fields.what(name));
                    };
            if (part != null) {
                parts.put(name, part);
            }
        }
        return parts;
    }

    private @Nullable String word(Node node, String what, List<String> words) {
        String word = values.text(node, what);
        if (word == null || words.contains(word)) {
            return word;
        }
        String nearest = problems.nearest(word, words);
        problems.add(
                Code.BAD_VALUE,
                node,
                "%s is one of %s, but here is %s. %s"
                        .formatted(
                                what,
                                String.join(", ", words),
                                Names.quote(word),
                                nearest == null ? "Choose one of them." : "Did you mean \"" + nearest + "\"?"));
        return null;
    }

    private @Nullable String zone(Node node, String what) {
        String zone = values.text(node, what);
        try {
            return zone == null ? null : ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            String nearest = problems.nearest(String.valueOf(zone), ZoneId.getAvailableZoneIds());
            problems.add(
                    Code.BAD_VALUE,
                    node,
                    "%s is a time zone, but %s is none. %s"
                            .formatted(
                                    what,
                                    Names.quote(String.valueOf(zone)),
                                    nearest == null
                                            ? "Write one such as Europe/Paris."
                                            : "Did you mean \"" + nearest + "\"?"));
            return null;
        }
    }
}
