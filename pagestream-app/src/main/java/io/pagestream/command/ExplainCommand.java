package io.pagestream.command;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.explain.PageStory;
import io.pagestream.cases.explain.PolicyRows;
import io.pagestream.cases.explain.StoryText;
import io.pagestream.cases.explain.StoryTree;
import io.pagestream.cases.seal.CheckedCase;
import io.pagestream.cases.terminal.TerminalStyle;
import io.pagestream.inspect.MappingList;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import io.pagestream.schemas.page.Pages;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream explain}: explains the verdict for one page. */
@Command(
    name = "explain",
    description = {
      "Explain the verdict for one page of a case: its range and the source of the range, its"
          + " mappings in the page tables, the requested cache type, the deciding row of the"
          + " cache policy, what was done with the page, and its findings."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream explain memory.lime-case 0x1f3a000",
      "  pagestream explain cases/both 655360 --image web01.kdump",
      "  pagestream explain memory.lime-case 0x1f3a000 --from memory.lime"
    })
final class ExplainCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "CASE", description = "The case folder.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "ADDRESS",
      description = "A physical address: 0x1f3a000, or 32743424.")
  private String address;

  @Option(
      names = "--image",
      paramLabel = "IMAGE",
      description = "The image, by id or by name, if the case has several.")
  private @Nullable String image;

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = {
        "The image: its page tables are walked again, and every mapping of the page is listed"
            + " with its virtual address, access rights, cache type and leaf size.",
        "Repeat the option for each file of a split dump. Sidecars (--mtrr, --pat) are used as"
            + " in 'analyze'."
      })
  private List<Path> from = List.of();

  @Mixin private ImageOptions imageOptions;
  @Mixin private SealOptions seal;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    long physicalAddress = parse(address);
    CheckedCase checked = seal.open(folder);
    StoredCase stored = StoredCase.open(checked);
    PageStory story =
        PageStory.of(stored, stored.image(Optional.ofNullable(image)), physicalAddress);
    PolicyRows policy = PolicyRows.load();
    Optional<MappingList> mappings =
        from.isEmpty()
            ? Optional.empty()
            : Optional.of(MappingList.of(from, imageOptions.options(), physicalAddress));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> tree = new LinkedHashMap<>(StoryTree.of(story, policy));
      mappings.ifPresent(list -> tree.put("allMappings", list.trees()));
      Trees.json(Trees.warned(checked, tree)).lines().forEach(out::println);
    } else {
      Trees.warning(checked).ifPresent(out::println);
      int width = TerminalStyle.ofStandardError().width();
      StoryText.lines(story, policy, width).forEach(out::println);
      mappings.ifPresent(list -> list.lines().forEach(out::println));
    }
    out.flush();
    return ExitCode.DONE;
  }

  /** An address below the limit, in hex with 0x or in decimal. */
  static long parse(String text) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    try {
      long value = hex ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
      if (value >= 0 && value < Pages.ADDRESS_LIMIT && !text.contains("+")) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw noAddress(text).causedBy(e);
    }
    throw noAddress(text);
  }

  private static PagestreamException noAddress(String text) {
    return PagestreamException.of(
        ErrorCode.USAGE,
        "'" + text + "' is not a physical address",
        "give an address below 0x10000000000000 (52 bits), in hex with 0x or in decimal");
  }
}
