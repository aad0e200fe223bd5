package greeting;

/** Says something. */
public final class Greeting {

    private Greeting() {}

    public static String text() {
        return "greeting";
    }
}
