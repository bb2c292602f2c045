package io.pagestream.cases.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.HandmadeCase;
import io.pagestream.cases.casefolder.StoredCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exact explanation of pages in every situation. */
final class StoryTextTest {
  private static final int WIDTH = 100;

  @TempDir private static Path folder;
  private static StoredCase stored;

  @BeforeAll
  static void openCase() {
    stored = StoredCase.open(HandmadeCase.in(folder.resolve("case")));
  }

  @Test
  void aMappedPageWithFindingsOfWhichOneBeginsBeforeIt() {
    assertThat(story(0x4123))
        .containsExactly(
            "0x4123 of evil\\u001b[2J.raw",
            "page         frame 0x4, which begins at 0x4000",
            "range        0x0 to 0x23fff: RAM (PT_LOAD\\u202e 1)",
            "source       the image's container",
            "content      the image has its bytes, and they are not all zero",
            "page tables  one mapping: write-back",
            "requested    write-back",
            "established  write-back",
            "verdict      mapped as write-back",
            "decided by   row 5, profile windows: in PFN db, E = R",
            "             (E, the established type: write-back; R, the requested type:"
                + " write-back)",
            "             source: OSR thread",
            "hazard       unlocked: the page is not known to be locked in memory: while a driver"
                + " reads it, the",
            "             system may use it for something else (bug check 0x1A, subcode 0x1233)",
            "analysis     its bytes were analyzed",
            "findings     2 touch this page",
            "             0x3ff8  url  http://x.test/\\u001b]0;owned\\u0007",
            "             0x4010  email  a@example.com",
            "same facts   0x0 to 0x11fff, 18 pages");
  }

  @Test
  void anOverriddenPageUnderALargePageWithAliasesThatDisagree() {
    assertThat(story(0x13000))
        .contains(
            "page tables  2 mappings, with conflicting types: write-combining and write-back",
            "             a large page (2 MiB, 4 MiB or 1 GiB) covers it",
            "alias        mapped at 0xffff888000013000 as write-combining",
            "             (page tables at 0x1bad000)",
            "conflict     mapped at 0x7f0000001000 as write-back",
            "             (page tables at 0x1bb0000)",
            "verdict      mapped, but as write-combining, the established type"
                + " (established-write-combined)",
            "decided by   row 6, profile windows: in PFN db, E differs from R",
            "hazard       aliased",
            "findings     none",
            "same facts   0x12000 to 0x13fff, 2 pages");
  }

  @Test
  void aRefusedPageOfPageTables() {
    assertThat(story(0x14000))
        .contains(
            "             it contains page tables",
            "verdict      refused (paging-structure)",
            "analysis     its bytes were analyzed despite the refusal: a verdict is a label",
            "same facts   only this page; adjacent pages differ");
  }

  @Test
  void aRefusedDevicePageIsTheReadersOwnRule() {
    assertThat(story(0xfec01000L))
        .contains(
            "range        0xfec00000 to 0xfec03fff: device memory",
            "source       a sidecar given with the image",
            "page tables  not read for this page",
            "verdict      refused (device-memory-not-read)",
            "decided by   row 100, Pagestream's own rule: device memory, and --read-device-memory is"
                + " not given");
  }

  @Test
  void pagesWithoutBytesSayWhy() {
    assertThat(story(0x15000))
        .contains(
            "page tables  2 mappings: write-back",
            "analysis     none: no bytes to analyze; counted as zero");
    assertThat(story(0x18000))
        .contains(
            "content      the image should contain it, but is truncated or damaged there",
            "page tables  no mapping was found under the page-table roots that the image names",
            "analysis     none: the page could not be read");
    assertThat(story(0x19000)).contains("page tables  at least 65,535 mappings: write-back");
  }

  @Test
  void anAbsentPageWasNotJudged() {
    assertThat(story(0x20000))
        .containsExactly(
            "0x20000 of evil\\u001b[2J.raw",
            "page         frame 0x20",
            "range        0x0 to 0x23fff: RAM (PT_LOAD\\u202e 1)",
            "source       the image's container",
            "content      absent: the image has neither bytes nor a state for this page of the"
                + " range",
            "analysis     none: no run contained the page, so it was neither judged nor analyzed",
            "judged       before it 0x19000 to 0x19fff",
            "judged       after it 0xfec00000 to 0xfec03fff");
  }

  @Test
  void anAddressInAHoleHasNeighboursAndNoPage() {
    assertThat(story(0x8000_0000L))
        .containsExactly(
            "0x80000000 of evil\\u001b[2J.raw",
            "page         frame 0x80000",
            "range        none: in a hole of the range map",
            "nearest      before it 0x0 to 0x23fff: RAM, 2.0 GiB away",
            "nearest      after it 0xfec00000 to 0xfec03fff: device memory, 2.0 GiB away",
            "analysis     none: no page at this address was judged or analyzed");
  }

  @Test
  void anAddressBehindAllRangesIsOutside() {
    assertThat(story(0x1_0000_0000L))
        .contains("range        none: outside of all ranges of the range map")
        .contains("nearest      before it 0xfec00000 to 0xfec03fff: device memory, 20.0 MiB away")
        .noneMatch(line -> line.contains("after it"));
  }

  @Test
  void noLineActsOnATerminal() {
    for (long address : new long[] {0, 0x4000, 0x13000, 0x14000, 0x20000, 0xfec00000L}) {
      assertThat(story(address)).allMatch(line -> line.chars().allMatch(c -> c >= 0x20));
    }
  }

  @Test
  void theTreeTellsTheSame() {
    Map<String, Object> tree =
        StoryTree.of(PageStory.of(stored, stored.image(Optional.empty()), 0x13010), rows());
    assertThat(tree)
        .containsEntry("page", 0x13000L)
        .containsEntry("judged", true)
        .containsEntry("rangeBefore", null);
    assertThat(tree.get("span")).asString().contains("condition=in PFN db, E differs from R");
    assertThat(tree.get("mapping")).asString().contains("0xffff888000013000", "0x7f0000001000");
  }

  private static List<String> story(long address) {
    return StoryText.lines(
        PageStory.of(stored, stored.image(Optional.empty()), address), rows(), WIDTH);
  }

  private static PolicyRows rows() {
    return PolicyRows.load();
  }
}
