package io.orrery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.spec.Spec;
import org.junit.jupiter.api.Test;

/** {@code docs/from-asyncz.md} names what exists, and leaves nothing out. */
class FromAsynczTest {

    /** What users of Asyncz know: schedulers and their keys, tasks, triggers, executors, stores, events, exceptions. */
    private static final String PUBLIC_NAMES = """
        AsyncIOScheduler NativeAsyncIOScheduler BaseScheduler setup start shutdown pause resume running state with
        add_executor remove_executor add_store remove_store add_listener remove_listener add_task update_task
        reschedule_task pause_task resume_task run_task remove_finished force delete_task remove_all_tasks get_task
        get_tasks get_task_info get_task_infos get_scheduler_info preview_task_runs asgi
        identity timezone store_retry_interval startup_delay heartbeat_stale_after task_defaults mistrigger_grace_time
        coalesce max_instances executors stores shape loggers_class logger_name lock_path event_loop
        isolated_event_loop ASYNCZ_SETTINGS_MODULE ASYNCZ_STORE_ENCRYPTION_KEY
        Task id name fn fn_reference args kwargs trigger executor store_alias next_run_time pending submitted
        schedule_state snapshot update reschedule delete replace_existing make_function make_async_function
        DateTrigger IntervalTrigger CronTrigger AndTrigger OrTrigger ShutdownTrigger run_at start_at end_at jitter
        from_crontab get_next_trigger_time alias allow_mistrigger_by_default
        AsyncIOExecutor ThreadPoolExecutor ProcessPoolExecutor DebugExecutor max_workers pool_kwargs cancel_futures
        overwrite_wait send_task MemoryStore FileStore directory suffix mode cleanup_directory pickle_protocol
        SQLAlchemyStore MongoDBStore RedisStore lookup_task get_all_tasks get_due_tasks get_next_run_time
        SchedulerEvent TaskEvent TaskSubmissionEvent TaskExecutionEvent code task_id store scheduler_identity
        scheduled_run_times source coalesced_run_count scheduled_run_time return_value exception traceback
        SCHEDULER_STARTED SCHEDULER_SHUTDOWN SCHEDULER_PAUSED SCHEDULER_RESUMED EXECUTOR_ADDED EXECUTOR_REMOVED
        STORE_ADDED STORE_REMOVED ALL_TASKS_REMOVED TASK_ADDED TASK_REMOVED TASK_MODIFIED TASK_EXECUTED TASK_ERROR
        TASK_MISSED TASK_SUBMITTED TASK_MAX_INSTANCES ALL_EVENTS
        ConflictIdError TaskLookupError MaximumInstancesError SchedulerAlreadyRunningError SchedulerNotRunningError
        AsynczException\
        """;

    private final MigrationPage page = MigrationPage.from("asyncz");

    @Test
    @Spec("K-016")
    void every_public_name_of_asyncz_is_in_a_table() {
        assertThat(page.missing(PUBLIC_NAMES)).isEmpty();
    }

    @Test
    void every_name_of_ours_exists() {
        assertThat(page.unknownNames()).isEmpty();
    }

    @Test
    void all_269_tests_of_asyncz_on_time_have_a_java_form_that_exists() {
        assertThat(page.unknownTests()).isEmpty();
        assertThat(page.upstreamTests()).hasSize(269).doesNotHaveDuplicates();
    }
}
