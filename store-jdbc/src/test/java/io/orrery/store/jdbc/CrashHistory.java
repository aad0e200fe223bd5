package io.orrery.store.jdbc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that is known of a run with crashes, and what is wrong about it. Times are nanoseconds since 1970; all clocks are that of
 * one machine.
 *
 * @param plans what was scheduled
 * @param runs the history that the store has kept
 * @param effects what jobs have written with the ends of their fires: one entry each
 * @param leases which leases were given and taken away, as triggers of the database have noted, in order
 * @param journal what nodes have noted, of each node in order
 * @param faults what was done to nodes and to the database
 */
record CrashHistory(
        List<Plan> plans,
        List<Run> runs,
        List<Due> effects,
        List<LeaseNote> leases,
        List<Note> journal,
        List<Fault> faults) {

    static final Duration RESUMES_WITHIN = Duration.ofSeconds(15);

    /** One due time of one schedule. */
    record Due(String schedule, long at) {}

    /**
     * What was scheduled.
     *
     * @param first its first due time
     * @param step between due times
     * @param count how many
     * @param certain whether the store has said that it has it
     * @param effect whether its job writes with the end of the fire
     */
    record Plan(String schedule, long first, long step, int count, boolean certain, boolean effect) {
        List<Due> dues() {
            List<Due> dues = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                dues.add(new Due(schedule, first + i * step));
            }
            return dues;
        }
    }

    record Run(Due due, long token, String outcome, long finished) {}

    /**
     * A lease was given, or is no more.
     *
     * @param node the name of its owner
     * @param allowed whether it was the owner itself that did that, or the owner was dead by its heartbeat
     */
    record LeaseNote(boolean given, Due due, long token, String node, boolean allowed, long at) {}

    record Note(String what, String node, Due due, int attempt, long token, long at) {}

    /** What was done to a node, or to the database, which then has no name, from when to when. */
    record Fault(String node, String what, long from, long to) {}

    List<String> violations() {
        List<String> all = new ArrayList<>();
        ends(all);
        begins(all);
        leases(all);
        pauses(all);
        ticks(all);
        return all;
    }

    private Map<Due, List<Run>> runsByDue() {
        Map<Due, List<Run>> byDue = new HashMap<>();
        runs.forEach(
                run -> byDue.computeIfAbsent(run.due, _ -> new ArrayList<>()).add(run));
        return byDue;
    }

    private Map<Due, List<LeaseNote>> leasesByDue() {
        Map<Due, List<LeaseNote>> byDue = new HashMap<>();
        leases.forEach(
                note -> byDue.computeIfAbsent(note.due, _ -> new ArrayList<>()).add(note));
        return byDue;
    }

    private void ends(List<String> all) {
        Map<Due, List<Run>> byDue = runsByDue();
        Map<Due, List<LeaseNote>> given = leasesByDue();
        Map<Due, Integer> written = new HashMap<>();
        effects.forEach(due -> written.merge(due, 1, Integer::sum));
        Set<Due> planned = new HashSet<>();
        for (Plan plan : plans) {
            for (Due due : plan.dues()) {
                planned.add(due);
                List<Run> ended = byDue.getOrDefault(due, List.of());
                List<Run> succeeded = ended.stream()
                        .filter(run -> run.outcome.equals("succeeded"))
                        .toList();
                if (succeeded.isEmpty() && plan.certain) {
                    all.add("lost: " + due + " has not succeeded, but ended as " + ended);
                }
                if (succeeded.size() > 1) {
                    all.add("accepted twice: " + succeeded);
                }
                if (plan.effect && written.getOrDefault(due, 0) != succeeded.size()) {
                    all.add("effects: " + due + " has " + written.get(due) + " of them and has succeeded "
                            + succeeded.size() + " times");
                }
                late(all, succeeded, given.getOrDefault(due, List.of()));
            }
        }
        byDue.keySet().stream().filter(due -> !planned.contains(due)).forEach(due -> all.add("never planned: " + due));
    }

    private static void late(List<String> all, List<Run> succeeded, List<LeaseNote> leases) {
        long last = leases.stream()
                .filter(LeaseNote::given)
                .mapToLong(LeaseNote::token)
                .max()
                .orElse(0);
        succeeded.stream()
                .filter(run -> run.token != last)
                .forEach(run -> all.add("a late owner: " + run + " was accepted, but the last token is " + last));
    }

    private void begins(List<String> all) {
        Set<List<Object>> leasesBegun = new HashSet<>();
        Set<List<Object>> attemptsBegun = new HashSet<>();
        for (Note note : journal) {
            if (note.what.equals("begin")) {
                if (!leasesBegun.add(List.of(note.due, note.token))) {
                    all.add("submitted twice under one lease: " + note);
                }
                if (!attemptsBegun.add(List.of(note.due, note.attempt))) {
                    all.add("submitted twice as one attempt: " + note);
                }
            }
        }
    }

    private void leases(List<String> all) {
        Map<Due, Map<Long, Integer>> held = new HashMap<>();
        for (LeaseNote note : leases) {
            if (!note.allowed) {
                all.add("taken from a live owner, or given to a dead one: " + note);
            }
            held.computeIfAbsent(note.due, _ -> new TreeMap<>()).merge(note.token, note.given ? 1 : -1, Integer::sum);
            long live = held.get(note.due).values().stream()
                    .filter(count -> count > 0)
                    .count();
            if (live > 1) {
                all.add("two leases at once: " + note + " with " + held.get(note.due));
            }
        }
    }

    /** From what kept a fire from being run until its next lease. */
    private void pauses(List<String> all) {
        leasesByDue().forEach((due, notes) -> {
            long since = due.at;
            String owner = "";
            for (LeaseNote note : notes) {
                if (note.given) {
                    long pause = note.at - Math.max(since, lastFault(owner, note.at));
                    if (pause > RESUMES_WITHIN.toNanos()) {
                        all.add("resumed after " + Duration.ofNanos(pause) + " only: " + note);
                    }
                    owner = note.node;
                }
                since = Math.max(since, note.at);
            }
        });
    }

    /** When its owner was struck last, or the database came back. */
    private long lastFault(String owner, long before) {
        return faults.stream()
                .filter(fault -> fault.node.isEmpty() || fault.node.equals(owner))
                .mapToLong(fault -> fault.node.isEmpty() ? fault.to : fault.from)
                .filter(moment -> moment <= before)
                .reduce(0, Math::max);
    }

    /** One that was thawed may have been in the middle of one tick. */
    private void ticks(List<String> all) {
        List<Note> ticks = journal.stream()
                .filter(note -> note.what.equals("tick"))
                .sorted((one, other) -> Long.compare(one.at, other.at))
                .toList();
        long frozen =
                faults.stream().filter(fault -> fault.what.equals("frozen")).count();
        long greatest = 0;
        for (Note tick : ticks) {
            if (tick.token < greatest && frozen-- <= 0) {
                all.add("two lifecycles at once: " + tick + " after token " + greatest);
            }
            greatest = Math.max(greatest, tick.token);
        }
    }

    /** The longest pause until a lease was given, and other numbers, as lines. */
    List<String> summary() {
        long succeeded =
                runs.stream().filter(run -> run.outcome.equals("succeeded")).count();
        long begun = journal.stream().filter(note -> note.what.equals("begin")).count();
        Map<String, Long> struck = new TreeMap<>();
        faults.forEach(fault -> struck.merge(fault.what, 1L, Long::sum));
        Set<List<Object>> accepted = new HashSet<>();
        runs.forEach(run -> accepted.add(List.of(run.due, run.token)));
        long late = journal.stream()
                .filter(note -> note.what.equals("end") && !accepted.contains(List.of(note.due, note.token)))
                .count();
        long owners = journal.stream()
                .filter(note -> note.what.equals("tick"))
                .map(Note::token)
                .distinct()
                .count();
        long uncertain = plans.stream().filter(plan -> !plan.certain).count();
        return List.of(
                "faults: " + struck,
                "schedules: " + plans.size() + ", of " + uncertain + " of which it is unknown whether they were added",
                "fires succeeded: " + succeeded + ", effects in the same transaction: " + effects.size(),
                "attempts begun: " + begun + ", ends that came under a lease of the past and were refused: " + late,
                "leases given: " + leases.stream().filter(LeaseNote::given).count()
                        + ", owners of the exclusive lifecycle: " + owners,
                "violations: " + violations().size());
    }
}
