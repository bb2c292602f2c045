package io.pagestream.images.memory;

import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.text.Hex;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Facts about an image besides its pages.
 *
 * @param format short name: {@code raw}, {@code lime}, {@code elf64}, {@code elf32}, {@code kdump},
 *     {@code crashdump}, {@code avml}, {@code vmware}, {@code hiberfil}, {@code macho}, {@code
 *     hpak}, {@code qemu}, {@code xen}, {@code aff4}
 * @param wrapping its compression and containers, outermost first: {@code zstd}, {@code gzip},
 *     {@code xz}, {@code flattened}, {@code bzip2}, {@code lz4}, {@code zip}, {@code libvirt},
 *     {@code qcow2}, {@code ewf}; joined by {@code ", "} in the manifest
 * @param machine facts about the machine from the container
 * @param container facts about the container, for display: {@code compression}, {@code dump.level}
 *     …
 * @param warnings warnings, in sentences
 * @param doubts bytes given up, doubtful or moved; pages that turn out to be unreadable need not be
 *     listed
 */
public record ImageFacts(
    String format,
    List<String> wrapping,
    MachineFacts machine,
    Map<String, String> container,
    List<String> warnings,
    List<Doubt> doubts) {
  /** Copies its collections. */
  public ImageFacts {
    wrapping = List.copyOf(wrapping);
    container = Map.copyOf(container);
    warnings = List.copyOf(warnings);
    doubts = List.copyOf(doubts);
  }

  /** Only a format's name. */
  public static ImageFacts of(String format) {
    return new ImageFacts(format, List.of(), MachineFacts.NONE, Map.of(), List.of(), List.of());
  }

  /**
   * Facts about the machine and the container, as text for a manifest: {@code machine}, {@code
   * kernel.release}, {@code cr0.N}, {@code cr3.N} and {@code cr4.N} of processor N, {@code
   * page-table}, {@code vmcoreinfo}, {@code vmcoreinfo.KEY}, and the facts about the container.
   */
  public Map<String, String> hints() {
    Map<String, String> hints = new TreeMap<>(container);
    machine.architecture().ifPresent(name -> hints.put("machine", name));
    machine.kernelRelease().ifPresent(release -> hints.put("kernel.release", release));
    machine.pageTable().ifPresent(address -> hints.put("page-table", Hex.of(address)));
    for (ProcessorState processor : machine.processors()) {
      hints.put("cr0." + processor.number(), Hex.of(processor.cr0()));
      hints.put("cr3." + processor.number(), Hex.of(processor.cr3()));
      hints.put("cr4." + processor.number(), Hex.of(processor.cr4()));
    }
    machine
        .vmcoreInfo()
        .ifPresent(info -> {
          hints.put("vmcoreinfo", "present");
          info.values().forEach((key, value) -> hints.put("vmcoreinfo." + key, value));
        });
    return hints;
  }
}
