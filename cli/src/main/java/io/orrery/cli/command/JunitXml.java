package io.orrery.cli.command;

import io.orrery.cli.progress.Reasons;
import io.orrery.job.State;
import io.orrery.outcome.JobReport;
import io.orrery.outcome.RunReport;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** What became of jobs as the XML that continuous integrations read: each job is a test case. */
final class JunitXml {

    private JunitXml() {}

    /**
     * Writes a file.
     *
     * @param last what was run at the end; null for nothing
     * @throws CommandFailure if it can't be written
     */
    static void write(Path file, RunReport report, @Nullable RunReport last) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, document(report, last));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.INTERNAL_ERROR,
                    "The file \"" + file + "\" can't be written: " + e + ". Name another one.");
        }
    }

    static String document(RunReport report, @Nullable RunReport last) {
        var text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("testsuites");
            suite(report, xml);
            if (last != null) {
                suite(last, xml);
            }
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text can be written", e);
        }
        return text.toString();
    }

    private static void suite(RunReport report, XMLStreamWriter xml) throws XMLStreamException {
        List<JobReport> jobs = new ArrayList<>();
        leaves(report.jobs(), jobs);
        xml.writeCharacters("\n  ");
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", clean(report.plan().name()));
        xml.writeAttribute("tests", String.valueOf(jobs.size()));
        xml.writeAttribute("failures", count(jobs, State.FAILED, State.TIMED_OUT));
        xml.writeAttribute("errors", count(jobs, State.CANCELLED));
        xml.writeAttribute("skipped", count(jobs, State.SKIPPED, State.NOT_RUN));
        xml.writeAttribute("time", seconds(report.summary().elapsed()));
        for (JobReport job : jobs) {
            testCase(report, job, xml);
        }
        xml.writeCharacters("\n  ");
        xml.writeEndElement();
    }

    private static void leaves(List<JobReport> jobs, List<JobReport> leaves) {
        for (JobReport job : jobs) {
            if (job.nested().isPresent()) {
                leaves(job.nested().get().jobs(), leaves);
            } else {
                leaves.add(job);
            }
        }
    }

    private static String count(List<JobReport> jobs, State... states) {
        return String.valueOf(jobs.stream()
                .filter(job -> Stream.of(states).anyMatch(state -> state == outcome(job)))
                .count());
    }

    /** A forever job that was stopped because all others had ended is as it should be. */
    private static State outcome(JobReport job) {
        return job.forever() && job.state() == State.CANCELLED ? State.SUCCEEDED : job.state();
    }

    private static void testCase(RunReport report, JobReport job, XMLStreamWriter xml) throws XMLStreamException {
        xml.writeCharacters("\n    ");
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", clean(report.plan().name()));
        xml.writeAttribute("name", clean(job.path()));
        xml.writeAttribute("time", seconds(job.duration().orElse(Duration.ZERO)));
        String element = switch (outcome(job)) {
            case FAILED, TIMED_OUT -> "failure";
            case CANCELLED -> "error";
            case SKIPPED, NOT_RUN -> "skipped";
            case SUCCEEDED, IDLE, WAITING, QUEUED, RUNNING, RETRYING, PAUSED, FOREVER, MISSED -> "";
        };
        if (!element.isEmpty()) {
            xml.writeEmptyElement(element);
            xml.writeAttribute(
                    "message",
                    clean(job.outcome().map(Reasons::of).orElse(job.state().word())));
        }
        xml.writeEndElement();
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
    }

    /** Without what XML can't hold. */
    private static String clean(String text) {
        return text.replaceAll("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]", "?");
    }
}
