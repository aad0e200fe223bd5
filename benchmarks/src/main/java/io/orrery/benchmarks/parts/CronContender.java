package io.orrery.benchmarks.parts;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import io.orrery.schedule.trigger.Trigger;
import java.text.ParseException;
import java.time.ZoneId;
import java.util.Date;
import java.util.Objects;
import java.util.TimeZone;
import org.quartz.CronExpression;

/** Who computes the next fire. */
public enum CronContender {
    /** The trigger of Orrery, asked as the scheduler asks it. */
    ORRERY {
        @Override
        NextFireOf of(CronPattern pattern) {
            Trigger trigger = Trigger.cron(pattern.crontab);
            return moment -> trigger.next(PARIS, moment, moment).orElseThrow();
        }
    },
    /** JobRunr's CronExpression. */
    JOBRUNR {
        @Override
        NextFireOf of(CronPattern pattern) {
            var expression = new org.jobrunr.scheduling.cron.CronExpression(pattern.crontab);
            return moment -> expression.next(moment, moment, PARIS);
        }
    },
    /** Spring's CronExpression. */
    SPRING {
        @Override
        NextFireOf of(CronPattern pattern) {
            var expression = org.springframework.scheduling.support.CronExpression.parse("0 " + pattern.crontab);
            return moment -> Objects.requireNonNull(expression.next(moment.atZone(PARIS)))
                    .toInstant();
        }
    },
    /** Quartz's CronExpression. */
    QUARTZ {
        @Override
        NextFireOf of(CronPattern pattern) {
            CronExpression expression = quartz(pattern.quartz);
            return moment -> expression.getNextValidTimeAfter(Date.from(moment)).toInstant();
        }
    },
    /** cron-utils. */
    CRON_UTILS {
        @Override
        NextFireOf of(CronPattern pattern) {
            var definition = CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX);
            var execution = ExecutionTime.forCron(new CronParser(definition).parse(pattern.crontab));
            return moment ->
                    execution.nextExecution(moment.atZone(PARIS)).orElseThrow().toInstant();
        }
    };

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    abstract NextFireOf of(CronPattern pattern);

    private static CronExpression quartz(String text) {
        try {
            var expression = new CronExpression(text);
            expression.setTimeZone(TimeZone.getTimeZone(PARIS));
            return expression;
        } catch (ParseException e) {
            throw new IllegalArgumentException("Quartz does not read \"" + text + "\"", e);
        }
    }
}
