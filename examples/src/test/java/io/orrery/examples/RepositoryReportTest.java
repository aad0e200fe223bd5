package io.orrery.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.job.State;
import io.orrery.outcome.RunReport;
import io.orrery.testkit.RunAssert;
import io.orrery.workflowfile.LoadOptions;
import io.orrery.workflowfile.WorkflowFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report on repositories of all kinds; its figures are recomputed here by other means. */
@Tag("real-time")
class RepositoryReportTest {

    private static final Path FILE = Path.of("repository-report.orrery.yaml").toAbsolutePath();
    private static final String MARK = "TO" + "DO"; // so that it is not one
    private static final String ANNOUNCEMENT = "::report:: ";

    @TempDir
    private Path work;

    private final List<String> output = new CopyOnWriteArrayList<>();

    private RunReport run(Path repository) {
        var options = LoadOptions.defaults()
                .parameters(Map.of("repo", repository.toString(), "out", "the page"))
                .environment(Map.of("PWD", work.toString()));
        return WorkflowFile.load(FILE, options)
                .workflow(line -> output.add(line.text()))
                .run();
    }

    private Page page() throws Exception {
        var announced =
                output.stream().filter(line -> line.startsWith(ANNOUNCEMENT)).toList();
        assertThat(announced).hasSize(1);
        var file = Path.of(announced.getFirst().substring(ANNOUNCEMENT.length()));
        assertThat(file).isEqualTo(work.toRealPath().resolve("the page", "index.html"));
        return Page.read(file);
    }

    private static void assertFigures(Page page, Repository repository) throws Exception {
        var lines = repository.lines();
        var mark = Pattern.compile("\\b(" + MARK + "|FIX" + "ME|XX" + "X)\\b");
        assertThat(page.figure("commits")).isEqualTo(repository.commits());
        assertThat(page.figure("files")).isEqualTo(repository.files().size());
        assertThat(page.figure("lines-of-text")).isEqualTo(lines.size());
        assertThat(page.figure("open-marks"))
                .isEqualTo(
                        lines.stream().filter(line -> mark.matcher(line).find()).count());
    }

    /** Names that are hard on shells, on awk and on HTML. */
    private Repository odd() throws Exception {
        var repository = Repository.init(work.resolve("a repository <b>&'of' \"mine\""));
        repository
                .write("Main.java", "class Main {} // " + MARK + " more\n// " + MARK + "NE is none\nno line feed")
                .write("a folder/<i>/x & y.txt", "one\ntwo\n")
                .write("HEAD:3", MARK + "\n")
                .write("tab\there.md", "1\n")
                .write("line\nfeed.md", "1\n" + MARK + "\n")
                .write("quote\".sh", "1\n")
                .write("back\\slash.c", "1\n")
                .write("ünïcode.py", "1\n")
                .write("-dash.c", "1\n")
                .write("$(touch pwned)", "`touch pwned`\n")
                .write("empty", "")
                .write("binary", "\0\n\0\n")
                .commit("Zoë \"Z\" O'Hara & Sons");
        repository.git("tag", "v1&2");
        return repository
                .write("Main.java", "class Main {}\n")
                .commit("Ann")
                .write("Main.java", "class Main {} // " + MARK + "\n")
                .commit("Ann");
    }

    @Test
    void the_file_has_no_mistakes() {
        assertThat(WorkflowFile.load(FILE).problems()).isEmpty();
    }

    @Test
    void odd_names_are_counted_and_shown_as_they_are() throws Exception {
        var repository = odd();

        RunAssert.assertThat(run(repository.folder()))
                .succeeded()
                .hasState("history/busiest", State.SUCCEEDED)
                .hasState("remote", State.SUCCEEDED)
                .hasState("monitor", State.CANCELLED);

        var page = page();
        assertFigures(page, repository);
        assertThat(page.names("authors")).containsExactly("Ann", "Zoë \"Z\" O'Hara & Sons");
        assertThat(page.names("busiest")).hasSize(10).startsWith("Main.java");
        assertThat(page.names("largest"))
                .contains("a folder/<i>/x & y.txt", "quote\".sh", "back\\slash.c", "tab\\there.md");
        assertThat(page.names("marks")).containsExactlyInAnyOrder("Main.java", "HEAD:3", "line\\nfeed.md");
        assertThat(page.names("languages")).contains("Java", "C", "Python", "Markdown", "Shell", "Text");
        assertThat(page.section("releases")).contains("v1&amp;2", "2\u00a0commits since");
        assertThat(page.html()).doesNotContain("<b>", "<i>");
        try (var files = Files.walk(work)) {
            assertThat(files.map(Path::getFileName)).doesNotContain(Path.of("pwned"));
        }
    }

    @Test
    void a_repository_without_commits_has_a_page_too() throws Exception {
        var repository = Repository.init(work.resolve("new"));

        RunAssert.assertThat(run(repository.folder())).succeeded();

        assertThat(page().figure("commits")).isZero();
        assertThat(page().html()).contains("No commits yet, on branch main");
    }

    @Test
    void so_has_one_with_a_single_empty_commit() throws Exception {
        var repository = Repository.init(work.resolve("new"));
        repository.git("-c", "user.name=A", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "first");

        RunAssert.assertThat(run(repository.folder())).succeeded();

        assertThat(page().figure("commits")).isEqualTo(1);
        assertThat(page().figure("files")).isZero();
    }

    @Test
    void a_shallow_clone_says_that_it_is_one_and_knows_its_remote() throws Exception {
        var origin = odd();
        origin.git(
                "clone",
                "--quiet",
                "--depth=1",
                origin.folder().toUri().toString(),
                work.resolve("shallow").toString());

        RunAssert.assertThat(run(work.resolve("shallow"))).succeeded();

        assertFigures(page(), new Repository(work.resolve("shallow")));
        assertThat(page().figure("commits")).isEqualTo(1);
        assertThat(page().html()).contains("This is a shallow clone");
        assertThat(page().section("remote")).contains("It has all that the remote repository has.");
    }

    @Test
    void without_its_remote_the_page_is_written_all_the_same() throws Exception {
        var repository =
                Repository.init(work.resolve("alone")).write("a.txt", "a\n").commit("Ann");
        repository.git("remote", "add", "origin", work.resolve("nowhere").toString());

        RunReport run = run(repository.folder());

        RunAssert.assertThat(run).succeeded().hasState("remote", State.FAILED).hasState("page", State.SUCCEEDED);
        assertThat(page().section("remote")).contains("The remote repository could not be asked.");
    }

    @Test
    void what_is_no_repository_is_refused_by_name() throws Exception {
        var folder = Files.createDirectories(work.resolve("no repository"));

        RunAssert.assertThat(run(folder)).failedBecause("look").hasState("page", State.NOT_RUN);

        assertThat(String.join("\n", output)).contains("no git repository that can be read at \"" + folder);
    }

    @Test
    void this_repository_is_counted_right() throws Exception {
        var root = FILE.getParent().getParent();
        assumeTrue(Files.exists(root.resolve(".git")), "built from sources without their history");

        RunAssert.assertThat(run(root)).succeeded();

        assertFigures(page(), new Repository(root));
        assertThat(page().names("languages")).startsWith("Java");
    }
}
