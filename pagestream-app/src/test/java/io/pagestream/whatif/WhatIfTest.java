package io.pagestream.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.cases.explain.PolicyRows;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.launch.Main;
import io.pagestream.mapper.call.CallResult;
import io.pagestream.mapper.call.CallTypes;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.call.Routine;
import io.pagestream.mapper.policy.CachePolicies;
import io.pagestream.plan.PlanFormat;
import io.pagestream.plan.PlannedImage;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.avro.CacheType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers from an image with its own page tables and sidecars. */
final class WhatIfTest {
  private static final String IOMEM =
      """
      00000000-0003ffff : System RAM
      fd000000-fdffffff : 0000:00:02.0
      """;

  @TempDir private Path folder;
  private Path image;

  @BeforeEach
  void writeImage() throws IOException {
    image = new TinyGuest().write(folder.resolve("tiny.elf"));
    Files.writeString(folder.resolve("tiny.elf.iomem"), IOMEM);
    Files.writeString(folder.resolve("tiny.elf.pat"), "0x0407050600070106\n"); // Linux: entry 1 WC
  }

  @Test
  void theTypeOfADevicesPageIsThatOfItsMappingThoughTheImageDoesNotContainIt() {
    WhatIf answer = ask(call("MmCached", TinyGuest.DEVICE, 0x1000));
    CallResult result = answer.results().getFirst();

    assertThat(result.granted()).isFalse();
    CallResult.Run run = result.runs().getFirst();
    assertThat(run.established()).isEqualTo(CacheType.WRITE_COMBINING);
    assertThat(run.by()).isEqualTo(CallResult.Establisher.PAGE_TABLES);
    assertThat(run.known().inImage()).isFalse();
    assertThat(run.verdict().row()).isEqualTo(9);
    assertThat(lines(answer))
        .contains(
            "MmMapIoSpace(0xfd000000, 0x1000, MmCached) on tiny.elf",
            "  range       device (0000:00:02.0), source: iomem",
            "  image       absent",
            "result        MmMapIoSpace returns NULL",
            "page tables   4-level, an unknown system; named roots: 0x1000")
        .anyMatch(line -> line.contains("by the page tables: 0x500000 user rwx, 4.0 KiB leaf"))
        .anyMatch(
            line -> line.endsWith("MmMapIoSpace with MmWriteCombined (granted as requested)"));
  }

  @Test
  void pageTablesThemselvesAreRefusedFromBuild1803On() {
    CallResult result = ask(call("MmCached", 0x4000, 1)).results().getFirst();
    assertThat(result.runs().getFirst().verdict().reason()).isEqualTo("paging-structure");
    assertThat(result.instead().getFirst().call()).startsWith("MmCopyMemory");
  }

  @Test
  void theThreadsQuestionOfTwoDriversIsOneCommand() {
    WhatIf answer =
        ask(call("MmNonCached", 0x30000, 0x1000), call("MmWriteCombined", 0x30000, 0x1000));
    assertThat(answer.results().get(0).grantedTypes()).containsExactly(CacheType.UNCACHED);
    assertThat(answer.results().get(1).grantedTypes()).containsExactly(CacheType.UNCACHED);
    assertThat(lines(answer)).contains("  has type    uncached, by call 1 of this sequence");
  }

  @Test
  void virtualAddressesAreTranslatedUnderTheGivenRoot() {
    MappingCall virtual =
        new MappingCall(
            Routine.MM_COPY_MEMORY,
            CallTypes.parse(Routine.MM_COPY_MEMORY, "virtual"),
            0x40f800,
            0x1000,
            52,
            true,
            List.of());
    try (OpenedImage opened = MemoryImages.open(List.of(image), OpenOptions.defaults())) {
      CallResult result =
          WhatIf.of(
                  opened,
                  CachePolicies.named(CachePolicies.WINDOWS),
                  List.of(virtual),
                  OptionalLong.of(TinyGuest.ROOT))
              .results()
              .getFirst();
      assertThat(result.runs())
          .extracting(CallResult.Run::start)
          .containsExactly(0x1f000L, 0x410000L);
      assertThat(result.runs().get(1).verdict().reason()).isEqualTo("not-mapped");
      assertThat(result.bytesBeforeRefusal()).isEqualTo(0x800);
    }
  }

  @Test
  void theCommandAnswersWithItsExitCode() {
    String file = image.toString();
    String[] safe = {"--ignore-sidecars"};
    assertThat(run(file, "0x1000", "0", "cached", safe)).isEqualTo(ExitCode.DONE);
    assertThat(run(file, "0xffffffffffffffff", "2", "cached", safe)).isEqualTo(ExitCode.DONE);
    assertThat(run(file, "0x1000", "4K", "0xffffffff", safe)).isEqualTo(ExitCode.DONE);
    assertThat(run(file, "0x1000", "4K", "cashed", safe)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run(file, "-1", "4K", "cached", safe)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run(file, "0x1000", "4K", "cached", "--ignore-sidecars", "--call", "kmap"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(
            run(
                file,
                "0x1000",
                "4K",
                "wb",
                "--ignore-sidecars",
                "--call",
                "ioremap",
                "--profile",
                "windows"))
        .isEqualTo(ExitCode.BAD_INPUT);
    // Sidecars that are found by their names and change the result are a doubt.
    assertThat(run(file, "0x1000", "4K", "cached", "--json"))
        .isEqualTo(ExitCode.DONE_WITH_FAILURES);
    assertThat(
            run(
                file,
                "0x1000",
                "4K",
                "uncached",
                "--iomem",
                file + ".iomem",
                "--pat",
                file + ".pat",
                "--and",
                "0x1000",
                "1",
                "cached",
                "--and",
                "0",
                "4G",
                "wc"))
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void thePlanReadsMemoryAndTheFrameBufferThatTheTablesMapWriteCombining() {
    try (OpenedImage opened = MemoryImages.open(List.of(image), OpenOptions.defaults())) {
      PlannedImage planned = PlannedImage.of(opened);
      assertThat(PlanFormat.ranges(planned.plan())).containsExactly("0x0 0x40000");
      assertThat(PlanFormat.text(planned, false))
          .anyMatch(line ->
              line.contains(
                  "0x0000fd000000 - 0x0000fd000fff             1 pages"
                      + "  MmMapIoSpace, MmWriteCombined (0000:00:02.0): mapped write-combining"))
          .anyMatch(line -> line.contains("0x0000fd001000") && line.contains("skip"));
      assertThat(PlanFormat.c(planned.plan()))
          .contains("  {UINT64_C(0x0), UINT64_C(0x40000)},")
          .anyMatch(line -> line.contains("READ_MAP_WRITE_COMBINED, \"0000:00:02.0\""));
    }
    assertThat(Main.run("plan", image.toString(), "--ignore-sidecars", "--as", "ranges"))
        .isEqualTo(ExitCode.DONE);
    assertThat(Main.run("plan", image.toString(), "--as", "pascal")).isEqualTo(ExitCode.BAD_INPUT);
  }

  private static int run(String file, String address, String length, String type, String... more) {
    String[] all = new String[5 + more.length];
    System.arraycopy(new String[] {"whatif", file, address, length, type}, 0, all, 0, 5);
    System.arraycopy(more, 0, all, 5, more.length);
    return Main.run(all);
  }

  private static MappingCall call(String type, long address, long length) {
    return MappingCall.physical(
        Routine.MM_MAP_IO_SPACE,
        CallTypes.parse(Routine.MM_MAP_IO_SPACE, type),
        address,
        length,
        MappingCall.MOST_ADDRESS_BITS);
  }

  private WhatIf ask(MappingCall... calls) {
    try (OpenedImage opened = MemoryImages.open(List.of(image), OpenOptions.defaults())) {
      return WhatIf.of(
          opened, CachePolicies.named(CachePolicies.WINDOWS), List.of(calls), OptionalLong.empty());
    }
  }

  private static List<String> lines(WhatIf answer) {
    return WhatIfText.lines(answer, PolicyRows.load(), 240);
  }
}
