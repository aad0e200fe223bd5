package io.orrery.workflowfile.body;

import io.orrery.job.Facts;
import io.orrery.workflowfile.process.Outputs;
import io.orrery.workflowfile.process.WithOutputs;
import java.util.Map;

/** What is kept of an HTTP request that was answered as expected. */
record HttpResult(int status, Outputs outputs) implements Facts, WithOutputs {

    @Override
    public Map<String, Object> facts() {
        return outputs.isEmpty() ? Map.of() : Map.of("outputs", outputs.shown());
    }

    @Override
    public String toString() {
        return "status " + status;
    }
}
