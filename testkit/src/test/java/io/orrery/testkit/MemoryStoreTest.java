package io.orrery.testkit;

import io.orrery.schedule.store.ScheduleStore;
import io.orrery.spec.Spec;

@Spec({"D-001", "D-008"})
class MemoryStoreTest extends StoreContract {

    @Override
    protected ScheduleStore fresh() {
        return ScheduleStore.inMemory();
    }
}
