package io.orrery.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/** Words on the command line of which there are only a few. */
final class Words {

    private Words() {}

    /**
     * The constant that a word names, in whatever case.
     *
     * @throws TypeConversionException if it names none: the message lists them as they are written
     */
    static <E extends Enum<E>> E constant(Class<E> type, String word) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        return all.stream()
                .filter(constant -> constant.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("it is one of "
                        + String.join(
                                ", ",
                                all.stream()
                                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                        .toList())
                        + ", but here is \"" + word + "\". Choose one of them."));
    }
}
