package io.orrery.benchmarks;

/** What each job does. */
enum Load implements Runnable {
    NOTHING("no-op") {
        @Override
        public void run() {}
    },
    SLEEP("sleep 1 ms") {
        @Override
        public void run() {
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException("Nobody cancels a benchmark", e);
            }
        }
    },
    SPIN("spin 10 µs") {
        @Override
        public void run() {
            long begin = System.nanoTime();
            while (System.nanoTime() - begin < SPIN_NANOS) {
                Thread.onSpinWait();
            }
        }
    };

    static final long SPIN_NANOS = 10_000;

    private final String title;

    Load(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
