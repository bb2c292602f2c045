package io.pagestream.inspect;

import io.pagestream.cases.text.Words;
import io.pagestream.images.MemoryImages;
import io.pagestream.images.OpenOptions;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.pagetable.Mapping;
import io.pagestream.images.pagetable.PageMappings;
import io.pagestream.images.pagetable.PageTableProgress;
import io.pagestream.schemas.page.Pages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All mappings of one physical page in the image's own page tables, which are walked again.
 *
 * @param mappings in the order of the walk, at most {@link PageMappings#MOST_TOLD}
 * @param wereRead whether page tables were found at all
 */
public record MappingList(List<Mapping> mappings, boolean wereRead) {
  /** Copies its list. */
  public MappingList {
    mappings = List.copyOf(mappings);
  }

  /**
   * Opens an image and lists the mappings.
   *
   * @param physicalAddress any address of the page, in bytes
   */
  public static MappingList of(List<Path> files, OpenOptions options, long physicalAddress)
      throws InterruptedException {
    try (OpenedImage opened = MemoryImages.open(files, options)) {
      PageMappings walked = opened.mappings(PageTableProgress.NONE);
      return new MappingList(walked.mappingsOf(physicalAddress), walked.summary().isPresent());
    }
  }

  /** Lines to append to the explanation of the page. */
  public List<String> lines() {
    if (!wereRead) {
      return List.of("mappings     no page tables were found in the image");
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        mappings.size() == PageMappings.MOST_TOLD
            ? "mappings     the first %,d:".formatted(PageMappings.MOST_TOLD)
            : "mappings     %,d:".formatted(mappings.size()));
    mappings.forEach(mapping -> lines.add("             " + line(mapping)));
    return lines;
  }

  private static String line(Mapping mapping) {
    return "0x%016x  %s %s, %s, %s leaf, %s%s"
        .formatted(
            mapping.virtualAddress(),
            mapping.isUser() ? "user  " : "kernel",
            rights(mapping),
            Words.of(mapping.effectiveType()),
            leaf(mapping),
            owner(mapping),
            mapping.rootByShape() ? " (found by shape)" : "");
  }

  /** The kernel's half is the same in many address spaces: no single one of them owns it. */
  public static String owner(Mapping mapping) {
    return mapping.sharedBy() > 1
        ? "kernel (shared by %,d roots)".formatted(mapping.sharedBy())
        : "page tables at 0x%x".formatted(mapping.root());
  }

  private static String rights(Mapping mapping) {
    return "r" + (mapping.isWritable() ? 'w' : '-') + (mapping.isExecutable() ? 'x' : '-');
  }

  private static String leaf(Mapping mapping) {
    long kib = Pages.address(mapping.leafPages()) >>> 10;
    return kib < 1024 ? kib + " KiB" : kib < 1024 * 1024 ? (kib >> 10) + " MiB" : "1 GiB";
  }

  /** The same as a tree for JSON; addresses and entries as hex text. */
  public List<Map<String, Object>> trees() {
    return mappings.stream().map(MappingList::tree).toList();
  }

  private static Map<String, Object> tree(Mapping mapping) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("virtualAddress", "0x%016x".formatted(mapping.virtualAddress()));
    tree.put("user", mapping.isUser());
    tree.put("rights", rights(mapping));
    tree.put("patType", Words.of(mapping.patType()));
    tree.put("effectiveType", Words.of(mapping.effectiveType()));
    tree.put("leafPages", mapping.leafPages());
    tree.put("entry", "0x%x".formatted(mapping.entry()));
    tree.put("root", "0x%x".formatted(mapping.root()));
    tree.put("sharedBy", mapping.sharedBy());
    tree.put("rootByShape", mapping.rootByShape());
    return tree;
  }
}
