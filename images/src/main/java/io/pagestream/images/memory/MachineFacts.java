package io.pagestream.images.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Facts about the machine whose memory is in a container.
 *
 * @param architecture as printed by {@code uname -m}, for example {@code x86_64}
 * @param kernelRelease as printed by {@code uname -r}
 * @param processors control registers of processors, by ascending number
 * @param vmcoreInfo information of a Linux kernel for makedumpfile
 * @param pageTable physical address of a top-level page table that a header names
 */
public record MachineFacts(
    Optional<String> architecture,
    Optional<String> kernelRelease,
    List<ProcessorState> processors,
    Optional<VmcoreInfo> vmcoreInfo,
    OptionalLong pageTable) {
  /** The container has no information. */
  public static final MachineFacts NONE =
      new MachineFacts(
          Optional.empty(), Optional.empty(), List.of(), Optional.empty(), OptionalLong.empty());

  /** Copies the list. */
  public MachineFacts {
    processors = List.copyOf(processors);
  }

  /** The same with an architecture; an empty one is ignored. */
  public MachineFacts withArchitecture(String name) {
    return new MachineFacts(present(name), kernelRelease, processors, vmcoreInfo, pageTable);
  }

  /** The same with the kernel's release; an empty one is ignored. */
  public MachineFacts withKernelRelease(String release) {
    return new MachineFacts(architecture, present(release), processors, vmcoreInfo, pageTable);
  }

  /** The same with the top-level page table that a header names. */
  public MachineFacts withPageTable(long physicalAddress) {
    return new MachineFacts(
        architecture, kernelRelease, processors, vmcoreInfo, OptionalLong.of(physicalAddress));
  }

  /** The same with an additional processor. */
  public MachineFacts withProcessor(ProcessorState processor) {
    List<ProcessorState> more = new ArrayList<>(processors);
    more.add(processor);
    return new MachineFacts(architecture, kernelRelease, more, vmcoreInfo, pageTable);
  }

  /**
   * The same with the information from the kernel; its release has precedence over that of other
   * sources.
   */
  public MachineFacts withVmcoreInfo(VmcoreInfo info) {
    VmcoreInfo all = vmcoreInfo.map(known -> known.and(info)).orElse(info);
    return new MachineFacts(
        architecture,
        info.release().or(() -> kernelRelease),
        processors,
        Optional.of(all),
        pageTable);
  }

  /** Combines this with another source, which has precedence if both have information. */
  public MachineFacts and(MachineFacts other) {
    List<ProcessorState> all = new ArrayList<>(processors);
    all.addAll(other.processors);
    MachineFacts both =
        new MachineFacts(
            other.architecture.or(() -> architecture),
            other.kernelRelease.or(() -> kernelRelease),
            all,
            vmcoreInfo,
            other.pageTable.isPresent() ? other.pageTable : pageTable);
    return other.vmcoreInfo.map(both::withVmcoreInfo).orElse(both);
  }

  private static Optional<String> present(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
