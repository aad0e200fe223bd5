package farewell;

/** Says something. */
public final class Farewell {

    private Farewell() {}

    public static String text() {
        return "farewell";
    }
}
