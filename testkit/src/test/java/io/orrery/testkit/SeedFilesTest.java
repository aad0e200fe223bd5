package io.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.planted.Plant;
import io.orrery.planted.SeedBehaviour;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tests the tests of stores: what stores and locks of Asyncz do makes some of them fail. */
@Tag("slow")
class SeedFilesTest {
    private static final Path SOURCES = Path.of("../schedule/src/main/java/io/orrery/schedule/store");

    static final List<SeedBehaviour> ALL = List.of(
            seed(
                    "GT34",
                    new Plant(
                            "what a node ran that has died is lost",
                            SOURCES.resolve("Cell.java"),
                            "fires.set(i, held.due(held.fire().again(), now));",
                            "fires.remove(i--);"),
                    "FolderLeasesTest#what_a_silent_node_runs_is_handed_out_again_and_its_end_is_refused"),
            seed(
                    "GT34",
                    new Plant(
                            "who was taken for dead may still end what another one runs",
                            SOURCES.resolve("Cell.java"),
                            "held.token() == lease.token() && held.isLeased() && held.fire().equals(lease.fire())",
                            "held.isLeased() && held.fire().schedule().equals(lease.fire().schedule())"),
                    "FolderLeasesTest#what_a_silent_node_runs_is_handed_out_again_and_its_end_is_refused"),
            seed(
                    "GT34",
                    new Plant(
                            "a fire is handed over without a record of it",
                            SOURCES.resolve("Shelf.java"),
                            "List<Lease> started = step == null ? List.of() : cell.apply(step, grant);",
                            "List<Lease> started = step == null ? List.of() : step.starting().stream().map(fire -> new"
                                    + " Lease(fire, step.row().schedule(), 1, grant.now(), grant.until())).toList();"),
                    "MemoryStoreTest#what_is_due_is_handed_out_once_and_what_is_not_stays"),
            seed(
                    "GT51",
                    new Plant(
                            "what cannot be read is deleted",
                            SOURCES.resolve("FolderStore.java"),
                            "unreadable.add(id);",
                            "now.folder.delete(name);"),
                    "FolderStoreTest#what_cannot_be_read_is_kept_and_shown_as_quarantined"),
            seed(
                    "GT52",
                    new Plant(
                            "who writes last wins",
                            SOURCES.resolve("Shelf.java"),
                            "if ((cell == null ? 0 : cell.row().version()) != step.row().version()) {",
                            "if (false) {"),
                    "MemoryStoreTest#only_who_has_read_the_latest_version_may_write"),
            seed(
                    "GT53",
                    new Plant(
                            "a file is written over in its place",
                            SOURCES.resolve("Folder.java"),
                            "Path fresh = path.resolve(\"new\");",
                            "if (true) {\n            Files.writeString(path.resolve(fileName), text);\n"
                                    + "            return;\n        }\n        Path fresh = path.resolve(\"new\");"),
                    "FolderStoreTest#who_reads_a_file_while_it_is_changed_has_all_of_the_old_one"),
            seed(
                    "GT53",
                    new Plant(
                            "an id is the name of a file as it is",
                            SOURCES.resolve("Folder.java"),
                            "URLEncoder.encode(id, StandardCharsets.UTF_8)",
                            "id"),
                    "FolderStoreTest#any_text_is_an_id_and_none_leads_out_of_the_folder"),
            seed(
                    "GT57",
                    new Plant(
                            "the file of the lock is deleted by who leaves",
                            SOURCES.resolve("Folder.java"),
                            "try (lockFile) {",
                            "try (lockFile) {\n            Files.deleteIfExists(path.resolve(LOCK));"),
                    "FolderLeasesTest#the_file_by_which_they_take_turns_stays_when_one_of_them_leaves"),
            seed(
                    "GT58",
                    new Plant(
                            "what other processes run does not count for limits",
                            SOURCES.resolve("Shelf.java"),
                            "places.add(cell.row().schedule(), cell.leased());",
                            ""),
                    "FolderLeasesTest#a_place_that_a_silent_node_has_is_given_on_when_what_it_ran_is_over"),
            seed(
                    "GT58",
                    new Plant(
                            "what other processes add is not looked for",
                            SOURCES.resolve("FolderStore.java"),
                            "return next.isBefore(poll[0]) ? next : poll[0];",
                            "return next;"),
                    "FolderStoreTest#what_another_process_adds_is_found_within_a_second"),
            seed(
                    "GT59",
                    new Plant(
                            "an instance lives for ever",
                            SOURCES.resolve("Nodes.java"),
                            "return now - seen.since >= lease;",
                            "return false;"),
                    "FolderLeasesTest#what_a_silent_node_runs_is_handed_out_again_and_its_end_is_refused"));

    @TempDir
    private Path folder;

    private static SeedBehaviour seed(String item, Plant plant, String test) {
        return new SeedBehaviour(item, plant, List.of("io.orrery.testkit." + test));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void a_test_fails_on(SeedBehaviour behaviour) throws IOException, InterruptedException {
        assertThat(behaviour.found(folder)).isNotBlank();
    }
}
