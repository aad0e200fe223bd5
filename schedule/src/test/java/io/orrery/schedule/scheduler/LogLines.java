package io.orrery.schedule.scheduler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a scheduler writes to the log, of whatever level, until this is closed: {@code WARNING a: missed}. */
final class LogLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.orrery.schedule"); // held, lest it be collected
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final String name;

    /** @param scheduler the name of the scheduler */
    LogLines(String scheduler) {
        this.name = scheduler + ": ";
        logger.addHandler(this);
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getMessage().startsWith(name)) {
            lines.add(line.getLevel() + " " + line.getMessage().substring(name.length()));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
        logger.setUseParentHandlers(true);
    }
}
