package io.orrery.report;

import io.orrery.job.State;
import java.nio.charset.Charset;

/** The strokes that a tree is drawn with. */
enum TreeLines {
    /** Box drawing characters. */
    UNICODE("├─", "└─", "│   ", "─", "▶ ", "∞"),
    /** What every terminal has. */
    ASCII("|-", "`-", "|   ", "-", "> ", "8");

    private static final String STROKES = "├─└│▶∞○◔◑◐↻✔✖⏱⊘⤼–";

    final String branch;
    final String lastBranch;
    final String passing;
    final String dash;
    final String head;
    final String forever;

    TreeLines(String branch, String lastBranch, String passing, String dash, String head, String forever) {
        this.branch = branch;
        this.lastBranch = lastBranch;
        this.passing = passing;
        this.dash = dash;
        this.head = head;
        this.forever = forever;
    }

    /** The beautiful ones if the charset has them all. */
    static TreeLines of(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode(STROKES) ? UNICODE : ASCII;
    }

    String icon(State state) {
        return this == UNICODE ? state.icon() : state.ascii();
    }
}
