package io.pagestream.command;

import io.pagestream.cases.doubt.DoubtText;
import io.pagestream.cases.text.HostileText;
import io.pagestream.images.ImageGrouping;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.kernel.KernelEvidence;
import io.pagestream.kernel.evidence.Evidence;
import io.pagestream.kernel.evidence.EvidenceList;
import io.pagestream.program.ExitCode;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.text.Hex;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pagestream kernel}: lists what the kernel in an image recorded about its system. */
@Command(
    name = "kernel",
    description = {
      "List what a Linux kernel in an image recorded about its system, without a symbol file:"
          + " processes, modules, sockets, open files, mounts, and its log"
          + " (docs/kernel-records.md). A list that is cut by damage is reported as a doubt."
    },
    footer = {
      "@|bold Examples|@",
      "  pagestream kernel memory.lime",
      "  pagestream kernel --kinds process,socket memory.lime",
      "  pagestream kernel --json memory.lime | jq '.images[].records[] | select(.kind==\"socket\")'"
    })
final class KernelCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "Files of memory images.")
  private List<Path> files;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Option(
      names = "--kinds",
      split = ",",
      paramLabel = "KIND",
      description =
          "Only these kinds: process, kernel-module, socket, open-file, mount, kernel-log-record.")
  private Set<String> kinds = Set.of();

  @Mixin private ImageOptions image;
  @Spec private CommandSpec spec;

  private record Read(String name, String kernel, List<Evidence> records, List<Doubt> doubts) {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    List<Read> all = new ArrayList<>();
    for (List<Path> group : ImageGrouping.group(files, image.options())) {
      try (OpenedImage opened = MemoryImages.open(group, image.options())) {
        all.add(read(opened));
      }
    }
    if (json) {
      Trees.json(Map.of("images", all.stream().map(this::tree).toList()))
          .lines()
          .forEach(out::println);
    } else {
      all.forEach(read -> print(read, out));
    }
    out.flush();
    boolean clean = all.stream().allMatch(read -> read.doubts().isEmpty());
    return clean ? ExitCode.DONE : ExitCode.DONE_WITH_FAILURES;
  }

  private Read read(OpenedImage opened) throws InterruptedException {
    EvidenceList list = new EvidenceList(kinds);
    KernelEvidence evidence = KernelEvidence.read(opened, PageTableProgress.NONE, list);
    List<Doubt> doubts = new ArrayList<>(evidence.doubts());
    list.doubt().ifPresent(doubts::add);
    return new Read(opened.name(), evidence.kernel(), list.records(), doubts);
  }

  private void print(Read read, PrintWriter out) {
    out.println(HostileText.printable(read.name()));
    String kernel = read.kernel();
    out.println("  kernel    " + (kernel.isEmpty() ? "none found" : HostileText.printable(kernel)));
    for (Evidence record : read.records()) {
      String values =
          record.values().entrySet().stream()
              .map(value -> value.getKey() + "=" + value.getValue())
              .collect(Collectors.joining(" "));
      out.println(
          "  %-17s  %016x  %s"
              .formatted(record.kind().word(), record.address(), HostileText.printable(values)));
    }
    for (Doubt doubt : read.doubts()) {
      out.println("  DOUBT     " + DoubtText.line(doubt));
    }
  }

  private Map<String, Object> tree(Read read) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", read.name());
    tree.put("kernel", read.kernel());
    tree.put(
        "records",
        read.records().stream()
            .map(record -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("kind", record.kind().word());
              one.put("space", Hex.of(record.space()));
              one.put("address", Hex.of(record.address()));
              one.putAll(record.values());
              return one;
            })
            .toList());
    tree.put("doubts", read.doubts().stream().map(Doubt::getMessage).toList());
    return tree;
  }
}
