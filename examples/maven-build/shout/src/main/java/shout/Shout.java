package shout;

/** Says something. */
public final class Shout {

    private Shout() {}

    public static String text() {
        return "shout";
    }
}
