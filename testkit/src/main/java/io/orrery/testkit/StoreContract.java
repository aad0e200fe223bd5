package io.orrery.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.orrery.schedule.Fire;
import io.orrery.schedule.Overlap;
import io.orrery.schedule.Schedule;
import io.orrery.schedule.ScheduleInfo.History;
import io.orrery.schedule.ScheduleState;
import io.orrery.schedule.store.Completed;
import io.orrery.schedule.store.Completion;
import io.orrery.schedule.store.Lease;
import io.orrery.schedule.store.ScheduleRow;
import io.orrery.schedule.store.ScheduleStore;
import io.orrery.schedule.store.Step;
import io.orrery.schedule.store.StoreSite;
import io.orrery.schedule.store.StoredSchedule;
import io.orrery.schedule.store.Taken;
import io.orrery.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ScheduleStore} has to do, as tests: extend it, and say how a fresh store is made. Time stands still but for
 * what a test moves, so a store that has a clock of its own has to be told to use that of its site.
 */
public abstract class StoreContract {

    private static final Duration LEASE = Duration.ofSeconds(10);

    private final ManualTime time = ManualTime.stopped();
    private @Nullable ScheduleStore opened;

    /** For subclasses. */
    protected StoreContract() {}

    /** A store that has nothing in it and has not been opened. */
    protected abstract ScheduleStore fresh() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        opened = fresh();
        opened.open(new StoreSite("node", "default", time, LEASE, job -> !job.equals("stranger"), () -> {}));
    }

    @AfterEach
    final void close() {
        store().close();
    }

    private ScheduleStore store() {
        return Objects.requireNonNull(opened);
    }

    private Instant at(long seconds) {
        return Instant.parse("2026-01-01T00:00:00Z").plusSeconds(seconds);
    }

    private Schedule schedule(String id) {
        return Schedule.named(id).every(Duration.ofSeconds(60)).job("job").anchored(at(0));
    }

    private ScheduleRow added(Schedule schedule, @Nullable Instant due) {
        assertNotNull(store().write(Step.write(ScheduleRow.of(schedule, ScheduleState.SCHEDULED, due))));
        return row(schedule.id());
    }

    private ScheduleRow row(String id) {
        return store().find(id).map(StoredSchedule::row).orElseThrow();
    }

    /** Fires at the due time, and again a minute later. */
    private static Step fire(ScheduleRow row) {
        Instant due = Objects.requireNonNull(row.due());
        return Step.start(row.standing(ScheduleState.SCHEDULED, due.plusSeconds(60)), Fire.at(row.id(), due));
    }

    private Completed complete(Lease lease, @Nullable Instant retryAt) {
        var history = new History(null, "succeeded", time.instant(), Duration.ZERO, "");
        return store().complete(List.of(new Completion(lease, lease.since(), history, retryAt, null)))
                .getFirst();
    }

    private List<String> ids() {
        return store().all().stream().map(stored -> stored.row().id()).toList();
    }

    @Test
    final void a_schedule_is_found_as_it_was_added_and_a_second_one_of_its_id_is_not_written() {
        Schedule schedule = schedule("a/b: c")
                .name("n")
                .tags("x", "y")
                .policy(p -> p.maxInstances(3).grace(LEASE));
        ScheduleRow row = added(schedule, at(60));

        assertEquals(1, row.version());
        assertTrue(row.schedule().says(schedule));
        assertEquals(at(60), row.due());
        assertNull(store().write(Step.write(ScheduleRow.of(schedule, ScheduleState.SCHEDULED, null))));
        assertTrue(store().find("zz").isEmpty());
    }

    @Test
    final void only_who_has_read_the_latest_version_may_write() {
        ScheduleRow row = added(schedule("a"), at(60));

        assertNotNull(store().write(Step.write(row.standing(ScheduleState.PAUSED, null))));
        assertNull(store().write(Step.write(row.standing(ScheduleState.SCHEDULED, at(1)))));
        assertNull(store().write(Step.remove(row)));
        assertEquals(ScheduleState.PAUSED, row("a").state());
        assertNotNull(store().write(Step.remove(row("a"))));
        assertEquals(List.of(), ids());
    }

    @Test
    final void schedules_come_in_the_order_of_their_times_below_the_second_too_and_those_without_one_last() {
        added(schedule("never"), null);
        added(schedule("c"), at(5).plusNanos(402_000));
        added(schedule("b"), at(5).plusNanos(401_000));
        added(schedule("a"), at(5).plusNanos(400_000));

        assertEquals(List.of("a", "b", "c", "never"), ids());
        assertFalse(store().nextLook().isAfter(at(5).plusNanos(400_000)));
    }

    @Test
    final void what_is_due_is_handed_out_once_and_what_is_not_stays() throws InterruptedException {
        added(schedule("a"), at(10));
        added(schedule("b"), at(20));
        added(schedule("stranger").job("stranger"), at(10));
        assertEquals(Taken.NOTHING, store().take(10, StoreContract::fire));
        time.advance(Duration.ofSeconds(10));

        Taken taken = store().take(10, StoreContract::fire);

        assertEquals(
                List.of("a@2026-01-01T00:00:10Z"),
                taken.leases().stream().map(lease -> lease.fire().id()).toList());
        assertEquals(1, taken.steps().size());
        assertEquals(at(70), row("a").due());
        assertEquals(1, row("a").live());
        assertEquals(
                List.of("a@2026-01-01T00:00:10Z"),
                store().find("a").orElseThrow().running());
        assertEquals(List.of(), store().take(10, StoreContract::fire).leases());
    }

    @Test
    final void a_limit_leaves_the_rest_for_the_next_time() throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            added(schedule("s" + i), at(i));
        }
        time.advance(Duration.ofSeconds(10));

        Taken first = store().take(3, StoreContract::fire);
        Taken second = store().take(3, StoreContract::fire);

        assertTrue(first.more());
        assertFalse(second.more());
        assertEquals(3, first.leases().size());
        assertEquals(2, second.leases().size());
        assertEquals("s0", first.leases().getFirst().schedule().id());
    }

    @Test
    final void a_decision_that_throws_loses_nothing_of_what_is_due() throws InterruptedException {
        added(schedule("a"), at(1));
        added(schedule("b"), at(2));
        time.advance(Duration.ofSeconds(10));
        List<Lease> given = new ArrayList<>();
        try {
            given.addAll(store().take(10, row -> {
                        if (row.id().equals("b")) {
                            throw new LinkageError("by design");
                        }
                        return fire(row);
                    })
                    .leases());
        } catch (LinkageError e) {
            assertEquals("by design", e.getMessage());
        }
        assertFalse(store().nextLook().isAfter(at(10)));
        given.addAll(store().take(10, StoreContract::fire).leases());

        assertEquals(
                List.of("a@2026-01-01T00:00:01Z", "b@2026-01-01T00:00:02Z"),
                given.stream().map(lease -> lease.fire().id()).toList());
    }

    @Test
    final void an_end_is_accepted_once_and_remembered() throws InterruptedException {
        Lease lease = fired("a");

        assertEquals(Completed.ACCEPTED, complete(lease, null));
        assertEquals(Completed.REFUSED, complete(lease, null));
        assertEquals(0, row("a").live());
        assertEquals("succeeded", row("a").history().outcome());
    }

    private Lease fired(String id) throws InterruptedException {
        added(schedule(id), at(10));
        time.advance(Duration.ofSeconds(10));
        return store().take(10, StoreContract::fire).leases().getFirst();
    }

    @Test
    final void a_fire_that_is_to_be_tried_again_comes_back_then_with_a_greater_token() throws InterruptedException {
        Lease lease = fired("a");

        assertEquals(Completed.ACCEPTED, complete(lease, at(15)));
        assertEquals(List.of(), store().take(10, StoreContract::fire).leases());
        time.advance(Duration.ofSeconds(5));
        Lease again = store().take(10, StoreContract::fire).leases().getFirst();

        assertEquals(lease.fire(), again.fire());
        assertEquals(2, again.fire().attempt());
        assertTrue(again.token() > lease.token());
        assertEquals(Completed.REFUSED, complete(lease, null));
        assertEquals(Completed.ACCEPTED, complete(again, null));
    }

    @Test
    final void waiting_fires_have_their_turn_one_by_one_as_others_end() {
        Schedule schedule = schedule("a").policy(p -> p.overlap(Overlap.BUFFER_ALL));
        ScheduleRow row = added(schedule, null);
        var fires = List.of(Fire.at("a", at(2)), Fire.at("a", at(3)));
        Lease first = Objects.requireNonNull(
                        store().write(new Step(row, Step.What.WRITE, List.of(Fire.at("a", at(1))), fires, List.of())))
                .getFirst();
        assertEquals(2, row("a").waiting());
        assertEquals(List.of(), store().take(10, StoreContract::fire).leases());

        complete(first, null);
        Lease second = store().take(10, StoreContract::fire).leases().getFirst();

        assertEquals(at(2), second.fire().at());
        assertEquals(1, row("a").waiting());
        assertEquals(List.of(), store().take(10, StoreContract::fire).leases());
    }

    @Test
    final void the_same_fire_is_never_there_twice() throws InterruptedException {
        Lease lease = fired("a");

        assertEquals(List.of(), store().write(Step.start(row("a"), lease.fire())));
        assertEquals(1, row("a").live());
    }

    @Test
    final void fires_that_run_at_once_end_each_under_its_own_lease() throws InterruptedException {
        Lease first = fired("a");
        time.advance(Duration.ofSeconds(60));
        Lease second = store().take(10, StoreContract::fire).leases().getFirst();
        assertEquals(2, row("a").live());
        assertTrue(second.token() > first.token());

        assertEquals(Completed.ACCEPTED, complete(first, null));
        assertEquals(
                List.of(second.fire().id()), store().find("a").orElseThrow().running());
        assertEquals(Completed.ACCEPTED, complete(second, null));
        assertEquals(0, row("a").live());
    }

    @Test
    final void what_was_terminated_or_removed_may_not_end() throws InterruptedException {
        Lease lease = fired("a");
        var step = new Step(row("a"), Step.What.TERMINATE_LIVE, List.of(Fire.at("a", at(11))), List.of(), List.of());

        Lease other = Objects.requireNonNull(store().write(step)).getFirst();

        assertEquals(Completed.REFUSED, complete(lease, null));
        assertNotNull(store().write(Step.remove(row("a"))));
        assertEquals(Completed.GONE, complete(other, null));
    }

    @Test
    final void a_cancelled_fire_is_not_tried_again() throws InterruptedException {
        Lease lease = fired("a");
        assertNotNull(store().write(new Step(row("a"), Step.What.CANCEL_LIVE, List.of(), List.of(), List.of())));

        assertEquals(Completed.ACCEPTED, complete(lease, at(12)));
        assertEquals(0, row("a").live());
    }

    @Test
    final void what_has_finished_goes_with_its_last_fire_unless_it_is_kept() throws InterruptedException {
        added(schedule("gone"), at(10));
        added(schedule("kept").keptWhenFinished(), at(10));
        time.advance(Duration.ofSeconds(10));
        Taken taken = store().take(
                        10, row -> Step.start(row.standing(ScheduleState.FINISHED, null), Fire.at(row.id(), at(10))));
        assertEquals(List.of("gone", "kept"), ids());

        for (Lease lease : taken.leases()) {
            boolean kept = lease.schedule().id().equals("kept");
            assertEquals(kept ? Completed.ACCEPTED : Completed.ACCEPTED_AND_REMOVED, complete(lease, null));
        }
        assertEquals(List.of("kept"), ids());
    }

    // ------------------------------------------------------------------------------------- limits

    /** Fires of schedules that are due at once and have finished with that. */
    private List<Lease> fireOnce() {
        return store().take(10, StoreContract::fireLast).leases();
    }

    private static Step fireLast(ScheduleRow row) {
        return Step.start(
                row.standing(ScheduleState.FINISHED, null), Fire.at(row.id(), Objects.requireNonNull(row.due())));
    }

    private static List<String> schedules(List<Lease> leases) {
        return leases.stream().map(lease -> lease.fire().schedule()).toList();
    }

    private @Nullable String blockedOn(String id) {
        return store().find(id).orElseThrow().blockedOn();
    }

    @Test
    final void a_limit_lets_as_many_fires_run_as_it_has_places_and_then_greater_priorities_and_earlier_times_first() {
        for (String id : List.of("a", "b", "c", "d")) {
            int priority = id.equals("d") ? 5 : 0;
            added(schedule(id).limit("l", 2).policy(policy -> policy.priority(priority)), at(id.charAt(0) - 'z'));
        }
        List<Lease> first = fireOnce();
        assertEquals(List.of("a", "b"), schedules(first));
        assertEquals("l", blockedOn("c"));
        assertEquals(
                List.of("d@" + at('d' - 'z')), store().find("d").orElseThrow().waiting());
        assertTrue(store().nextLook().isAfter(at(0)));
        assertEquals(List.of(), fireOnce());

        assertEquals(Completed.ACCEPTED_AND_REMOVED, complete(first.getFirst(), null));
        List<Lease> second = fireOnce();
        assertEquals(List.of("d"), schedules(second));
        assertEquals("l", blockedOn("c"));

        complete(first.getLast(), null);
        complete(second.getFirst(), null);
        assertEquals(List.of("c"), schedules(fireOnce()));
        assertNull(blockedOn("c"));
    }

    @Test
    final void a_job_may_be_limited_and_what_waits_to_be_tried_again_takes_no_place() throws InterruptedException {
        for (String id : List.of("a", "b")) {
            added(schedule(id).policy(policy -> policy.maxOfJob(1)), at(id.charAt(0) - 'z'));
        }
        added(schedule("other").job("another").policy(policy -> policy.maxOfJob(1)), at(-1));
        List<Lease> first = fireOnce();
        assertEquals(List.of("a", "other"), schedules(first));
        assertEquals("job:job", blockedOn("b"));

        complete(first.getFirst(), at(5));
        List<Lease> second = fireOnce();
        assertEquals(List.of("b"), schedules(second));
        time.advance(Duration.ofSeconds(5));
        assertEquals(List.of(), fireOnce());
        assertEquals("job:job", blockedOn("a"));
        complete(second.getFirst(), null);
        assertEquals(List.of("a"), schedules(fireOnce()));
    }

    @Test
    final void who_needs_several_limits_has_all_of_them_or_none_and_lets_others_pass() {
        added(schedule("ab").limit("a", 1).mutex("b"), at(-9));
        added(schedule("b").mutex("b"), at(-8));
        List<Lease> first = fireOnce();
        assertEquals(List.of("ab"), schedules(first));
        added(schedule("a").limit("a", 1), at(-7));
        added(schedule("both").limit("a", 1).mutex("b"), at(-6));
        assertEquals(List.of(), fireOnce());
        assertEquals("a", blockedOn("a"));

        complete(first.getFirst(), null);
        List<Lease> second = fireOnce();
        assertEquals(List.of("b", "a"), schedules(second));
        complete(second.getLast(), null);
        assertEquals(List.of(), fireOnce());
        assertEquals("b", blockedOn("both"));
        complete(second.getFirst(), null);
        assertEquals(List.of("both"), schedules(fireOnce()));
    }

    @Test
    final void places_go_with_what_is_terminated_removed_or_no_longer_limited() {
        for (String id : List.of("a", "b", "c", "d")) {
            added(schedule(id).mutex("m"), at(id.charAt(0) - 'z'));
        }
        assertEquals(List.of("a"), schedules(fireOnce()));
        store().write(new Step(row("a"), Step.What.TERMINATE_LIVE, List.of(), List.of(), List.of()));
        assertEquals(List.of("b"), schedules(fireOnce()));
        store().write(Step.remove(row("b")));
        assertEquals(List.of("c"), schedules(fireOnce()));
        assertEquals("m", blockedOn("d"));

        store().write(Step.write(row("d").saying(schedule("d"))));

        assertEquals(List.of("d"), schedules(fireOnce()));
        assertNull(blockedOn("d"));
    }

    @Test
    final void a_fire_that_is_started_while_there_is_no_place_waits_and_its_place_may_be_given_on_meanwhile() {
        added(schedule("a").mutex("m"), null);
        added(schedule("b").mutex("m"), null);
        added(schedule("c").mutex("m"), null);
        Lease first = Objects.requireNonNull(store().write(Step.start(row("a"), Fire.at("a", at(-3)))))
                .getFirst();

        assertEquals(List.of(), store().write(Step.start(row("b"), Fire.at("b", at(-2)))));
        assertEquals(List.of(), store().write(Step.start(row("c"), Fire.at("c", at(-1)))));
        assertEquals(1, row("b").live());
        complete(first, null);
        store().write(Step.remove(row("b")));

        assertEquals(List.of("c"), schedules(fireOnce()));
    }

    @Test
    final void who_waits_longest_comes_first_though_it_is_due_again_later_than_others() {
        added(schedule("a").mutex("m"), at(-30));
        added(schedule("often").mutex("m"), at(-20));
        added(schedule("once").mutex("m"), at(-10));
        List<Lease> first = store().take(10, row -> row.id().equals("once") ? fireLast(row) : fire(row))
                .leases();
        assertEquals(List.of("a"), schedules(first));
        assertEquals("m", blockedOn("often"));
        assertEquals("m", blockedOn("once"));

        complete(first.getFirst(), null);

        assertEquals(List.of("often"), schedules(fireOnce()));
    }

    @Test
    final void what_waits_for_a_place_and_has_a_job_that_nobody_knows_keeps_nobody_waiting() {
        added(schedule("a").mutex("m"), null);
        added(schedule("b").job("stranger").mutex("m"), null);
        added(schedule("c").mutex("m"), null);
        Lease first = Objects.requireNonNull(store().write(Step.start(row("a"), Fire.at("a", at(-3)))))
                .getFirst();
        store().write(Step.start(row("b"), Fire.at("b", at(-2))));
        store().write(Step.start(row("c"), Fire.at("c", at(-1))));

        complete(first, null);
        List<Lease> next = new ArrayList<>(fireOnce());
        store().renew();
        next.addAll(fireOnce());

        assertEquals(List.of("c"), schedules(next));
        assertTrue(store().find("b").orElseThrow().waiting().contains("b@" + at(-2)));
    }
}
