package io.orrery.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Wants what has no null to be there: a number that somebody has forgotten is not 0. */
final class PrimitivesRequired extends JacksonAnnotationIntrospector {

    private static final long serialVersionUID = 1;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Boolean said = super.hasRequiredMarker(config, member);
        boolean isPrimitive =
                member instanceof AnnotatedParameter && member.getRawType().isPrimitive();
        return said == null && isPrimitive ? Boolean.TRUE : said;
    }
}
