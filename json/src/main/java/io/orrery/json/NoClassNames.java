package io.orrery.json;

import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.PolymorphicTypeValidator;

/** Refuses whatever class a text names. Names that an annotation has given to types are no names of classes. */
final class NoClassNames extends PolymorphicTypeValidator {

    private static final long serialVersionUID = 1;

    @Override
    public Validity validateBaseType(DatabindContext context, JavaType base) {
        return Validity.INDETERMINATE;
    }

    @Override
    public Validity validateSubClassName(DatabindContext context, JavaType base, String name) {
        return Validity.DENIED;
    }

    @Override
    public Validity validateSubType(DatabindContext context, JavaType base, JavaType type) {
        return Validity.DENIED;
    }
}
