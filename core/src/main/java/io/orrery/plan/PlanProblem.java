package io.orrery.plan;

import java.util.ArrayList;
import java.util.List;

/** Something that keeps a workflow from being run. Jobs are named by their paths. Immutable. */
public sealed interface PlanProblem {

    /** The rule that is broken, where, and what to do about it. */
    String message();

    /**
     * Jobs that require each other in a ring.
     *
     * @param path the jobs on the ring, each one requiring the next and the last one the first
     */
    record Cycle(List<String> path) implements PlanProblem {
        /** Copies the list. */
        public Cycle {
            path = List.copyOf(path);
        }

        @Override
        public String message() {
            return "Jobs must not require each other in a ring, but \""
                    + String.join("\" requires \"", shown())
                    + "\" requires \"" + path.getFirst() + "\". Drop one of these requirements.";
        }

        private List<String> shown() {
            if (path.size() <= 20) {
                return path;
            }
            var shown = new ArrayList<>(path.subList(0, 10));
            shown.add("... (" + (path.size() - 20) + " more) ...");
            shown.addAll(path.subList(path.size() - 10, path.size()));
            return shown;
        }
    }

    /**
     * A finite job that requires an endless one, and so would never start.
     *
     * @param job the finite job
     * @param forever the endless one
     */
    record RequiresForever(String job, String forever) implements PlanProblem {
        @Override
        public String message() {
            return "A finite job must not require a forever job, but \"" + job + "\" requires \"" + forever
                    + "\", which only ends when all finite jobs have. Drop the requirement, make \"" + job
                    + "\" forever too, or make \"" + forever + "\" finite.";
        }
    }

    /**
     * A job that requires two different endings of the same job.
     *
     * @param job the job with the requirements
     * @param required the job that would have to end in both ways
     */
    record Contradiction(String job, String required) implements PlanProblem {
        @Override
        public String message() {
            return "A job ends in one way only, but \"" + job + "\" requires \"" + required
                    + "\" both to have succeeded and to have failed. Drop one of the two, or require it finished.";
        }
    }

    /**
     * A job that needs a slot of a limit which a job around it holds for as long as it runs.
     *
     * @param job the inner job
     * @param limit the name of the limit
     * @param holder the nested workflow around it that holds the slot
     */
    record HeldAround(String job, String limit, String holder) implements PlanProblem {
        @Override
        public String message() {
            return "A job must not need a slot that is held around it, but \"" + job + "\" needs one of limit \""
                    + limit
                    + "\" while \"" + holder + "\" holds one until \"" + job
                    + "\" has ended. Put the limit on the inner jobs or on the nested workflow, not on both.";
        }
    }

    /**
     * A workflow that is nested too deeply; what is wrong inside of it is not told.
     *
     * @param job the nested workflow
     * @param levels how many levels there may be at most
     */
    record NestedTooDeep(String job, int levels) implements PlanProblem {
        @Override
        public String message() {
            return "Workflows must not be nested in more than " + levels + " levels, but \"" + shown()
                    + "\" would be one more. Nest fewer, or run it with JobContext.run().";
        }

        private String shown() {
            return job.length() <= 200 ? job : job.substring(0, 90) + "..." + job.substring(job.length() - 90);
        }
    }

    /**
     * A limit all slots of which endless jobs may hold, while finite jobs need one.
     *
     * @param limit the name of the limit
     * @param forever the endless jobs
     * @param job a finite job that may wait for ever
     */
    record HeldForever(String limit, List<String> forever, String job) implements PlanProblem {
        /** Copies the list. */
        public HeldForever {
            forever = List.copyOf(forever);
        }

        @Override
        public String message() {
            return "Forever jobs must leave a slot to finite ones, but \"" + String.join("\", \"", forever)
                    + "\" may hold all slots of limit \"" + limit + "\" until \"" + job
                    + "\" has ended, which needs one. Give the limit more slots, or the forever jobs one of their own.";
        }
    }
}
