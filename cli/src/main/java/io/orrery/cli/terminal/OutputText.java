package io.orrery.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Output of jobs on its way to a terminal: colours stay, all else that would move the cursor or change the terminal goes. */
public final class OutputText {

    private static final Pattern ESCAPE = Pattern.compile("\u001b(?:"
            + "\\[([0-9;:]*)m" // colours: the one group
            + "|\\[[0-?]*[ -/]*[@-~]?" // other control sequences
            + "|[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?" // strings: titles, links, images
            + "|[ -/]*[0-~]?" // two-character sequences
            + ")");
    private static final String RESET = "\u001b[0m";

    private OutputText() {}

    /**
     * One line as it may be shown on a terminal.
     *
     * @param colours whether colours are wanted
     */
    public static String forTerminal(String line, boolean colours) {
        // A carriage return starts the line anew: of a progress bar, its last state is shown.
        String last = line.substring(line.stripTrailing().lastIndexOf('\r') + 1);
        if (last.indexOf('\u001b') < 0) {
            return withoutControls(last);
        }
        var text = new StringBuilder();
        boolean coloured = false;
        int from = 0;
        Matcher escape = ESCAPE.matcher(last);
        while (escape.find()) {
            text.append(withoutControls(last.substring(from, escape.start())));
            from = escape.end();
            if (colours && escape.group(1) != null) {
                text.append(escape.group());
                coloured = true;
            }
        }
        text.append(withoutControls(last.substring(from)));
        return coloured ? text.append(RESET).toString() : text.toString();
    }

    private static String withoutControls(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        var clean = new StringBuilder(text.length());
        text.codePoints().filter(c -> c == '\t' || !Character.isISOControl(c)).forEach(clean::appendCodePoint);
        return clean.toString();
    }
}
