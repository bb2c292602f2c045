package io.pagestream.command;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.explain.PolicyRows;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenedImage;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.call.Routine;
import io.pagestream.mapper.policy.CachePolicy;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.whatif.WhatIf;
import io.pagestream.whatif.WhatIfText;
import io.pagestream.whatif.WhatIfTree;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream whatif}: what a call that maps physical memory would return. */
@Command(
    name = "whatif",
    description = {
      "Show what a driver's call would return on this machine: the verdict on each page of the"
          + " call, the cache type that the page has and who established it, the deciding row of"
          + " the cache policy, the result of the call as a whole, and the call to make instead.",
      "An image is not analyzed for this: only its range map and the page tables under the roots"
          + " that it names are read (docs/mapping-physical-memory.md)."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream whatif memory.elf 0xfd000000 0x1000 MmCached",
      "  pagestream whatif memory.elf 0x100000 64M cached --call MmCopyMemory",
      "  pagestream whatif memory.elf 0xfd000000 4096 MmWriteCombined --and 0xfd000000 4096 MmCached",
      "  pagestream whatif memory.lime-case 0x9f000 0x2000 PAGE_READWRITE --call MmMapIoSpaceEx",
      "  pagestream whatif memory.elf 0xffff888000100000 4K cached --root 0x2610000",
      "",
      "Exit code: 0 if the question is answered, also by a refusal; 1 if the image is in doubt"
    })
final class WhatIfCommand implements Callable<Integer> {
  private static final int PARTS_OF_CALL = 3;

  @Parameters(
      index = "0",
      paramLabel = "IMAGE|CASE",
      description = "A memory image, or a case folder.")
  private Path input;

  @Parameters(
      index = "1",
      paramLabel = "ADDRESS",
      description = {
        "The first physical address (virtual with --root), as the driver passes it: 0xfd000000."
      })
  private String address;

  @Parameters(
      index = "2",
      paramLabel = "LENGTH",
      description = "The length in bytes: 0x1000, 4096 or 4K.")
  private String length;

  @Parameters(
      index = "3",
      paramLabel = "TYPE",
      description = {
        "The type: a word (cached, uncached, write-combined, …), the system's name (MmCached,"
            + " PAGE_READWRITE|PAGE_NOCACHE, MEMREMAP_WB, ioremap_wc, …) or its number (0x101)."
            + " MmCopyMemory takes physical or virtual."
      })
  private String type;

  @Option(
      names = "--and",
      arity = "3",
      paramLabel = "ARG",
      description = {
        "ADDRESS LENGTH TYPE of a further call, which sees the types that the earlier calls have"
            + " established. Can be given several times."
      })
  private List<String> and = List.of();

  @Option(
      names = "--root",
      paramLabel = "CR3",
      description = {
        "ADDRESS is a virtual address under this page-table root; the root also decides, like those"
            + " that the image names."
      })
  private @Nullable String root;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The image, by id or by name, if the case has several.")
  private @Nullable String which;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Mixin private CallChoice choice;
  @Mixin private ImageOptions image;
  @Mixin private SealOptions seal;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CachePolicy policy = choice.policy();
    List<MappingCall> calls = calls();
    PrintWriter out = spec.commandLine().getOut();
    WhatIf answer;
    if (Files.isDirectory(input)) {
      requireNoRoot();
      CheckedCase checked = seal.open(input);
      StoredCase stored = StoredCase.open(checked);
      answer = WhatIf.of(stored, stored.image(Optional.ofNullable(which)), policy, calls);
      if (!json) {
        Trees.warning(checked).ifPresent(out::println);
      }
    } else {
      try (OpenedImage opened = MemoryImages.open(List.of(input), image.options())) {
        answer = WhatIf.of(opened, policy, calls, cr3());
      }
    }
    PolicyRows rows = PolicyRows.load();
    if (json) {
      Trees.json(WhatIfTree.of(answer, rows)).lines().forEach(out::println);
    } else {
      int width = TerminalStyle.ofStandardError().width();
      WhatIfText.lines(answer, rows, width).forEach(out::println);
    }
    out.flush();
    return answer.doubts().isEmpty() ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private List<MappingCall> calls() {
    boolean virtual = root != null;
    List<MappingCall> calls = new ArrayList<>();
    calls.add(choice.call(address, length, type, virtual));
    for (int i = 0; i + PARTS_OF_CALL <= and.size(); i += PARTS_OF_CALL) {
      calls.add(choice.call(and.get(i), and.get(i + 1), and.get(i + 2), virtual));
    }
    for (MappingCall each : calls) {
      boolean needsRoot =
          each.routine() == Routine.MM_COPY_MEMORY
              && each.type().title().equals("MM_COPY_MEMORY_VIRTUAL");
      if (needsRoot && !virtual) {
        throw PagestreamException.of(
            ErrorCode.USAGE,
            "MM_COPY_MEMORY_VIRTUAL needs the address space",
            "give its page-table root with --root");
      }
    }
    return calls;
  }

  private OptionalLong cr3() {
    return root == null ? OptionalLong.empty() : OptionalLong.of(ExplainCommand.parse(root));
  }

  private void requireNoRoot() {
    if (root != null) {
      throw PagestreamException.of(
          ErrorCode.USAGE,
          "a case does not contain page tables, so --root cannot be used",
          "give the image instead of the case");
    }
  }
}
