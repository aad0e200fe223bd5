package io.orrery.workflowfile;

import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML 1.2's core schema, which has no merge keys: the library would read {@code <<} as YAML 1.1 did. */
final class PlainSchema extends CoreSchema {

    @Override
    public ScalarResolver getScalarResolver() {
        return new CoreScalarResolver(/* supportMerge= */ false);
    }
}
