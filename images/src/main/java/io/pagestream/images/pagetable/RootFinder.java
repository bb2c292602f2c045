package io.pagestream.images.pagetable;

import io.pagestream.images.memory.MachineFacts;
import io.pagestream.images.memory.MemoryImage;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Finds an image's top-level page tables: in its notes and headers, and by searching the image for
 * further tables, or for all tables if these contain none.
 */
final class RootFinder {
  private static final Set<String> X86 = Set.of("x86_64", "i386", "i486", "i586", "i686");

  private final MemoryImage image;
  private final PageSearch search;
  private final List<Long> recorded;
  private final TablePages pages;
  private final HintedRoots hinted;
  private final LinuxTables linux;

  /**
   * A finder.
   *
   * @param recorded roots that the kernel's own records name
   */
  RootFinder(MemoryImage image, TablePages pages, PageSearch search, List<Long> recorded) {
    this.image = image;
    this.search = search;
    this.recorded = recorded;
    this.pages = pages;
    this.hinted = HintedRoots.of(image.facts().machine());
    this.linux = new LinuxTables(pages, hinted.encryptionMask());
  }

  /** The machine's name if its page tables cannot be read; empty for x86, and if it is unknown. */
  static Optional<String> foreignMachine(MachineFacts machine) {
    return machine.architecture().filter(name -> !X86.contains(name));
  }

  /**
   * The roots.
   *
   * @param processes whether the image is searched for the roots of all processes, even if its
   *     notes name some roots
   * @return empty if there are none
   */
  Optional<AddressSpaces> find(boolean processes, PageTableProgress progress)
      throws InterruptedException {
    List<Long> hints =
        Stream.concat(hinted.all().stream(), recorded.stream())
            .distinct()
            .filter(root -> pages.covers(Pages.floor(root)))
            .toList();
    PagingMode mode = modeOf(hints);
    List<Long> named = mode == PagingMode.PAE ? hints : floors(hints);
    GuestSystem system = systemOf(named, mode);
    if (!processes && !named.isEmpty()) {
      return Optional.of(spaces(mode, system, named, List.of()));
    }
    RootCandidates candidates = search.candidates(progress);
    if (named.isEmpty()) {
      return unnamed(candidates, progress);
    }
    List<Long> roots = new ArrayList<>();
    if (mode.isLong() && system == GuestSystem.LINUX) {
      linuxTarget(named).ifPresent(target -> roots.addAll(linux.inUse(candidates.linux, target)));
    } else if (mode.isLong()) {
      roots.addAll(new WindowsTables(pages).inUse(candidates.windows));
    } else if (mode == PagingMode.PAE && system == GuestSystem.LINUX) {
      roots.addAll(PaeRootScan.scan(image, pages, candidates.linuxPae, progress));
    } else {
      roots.addAll(ShortTables.inUse(candidates, mode));
    }
    return Optional.of(spaces(mode, system, named, roots));
  }

  /**
   * The roots that the image or the kernel's records name, and one that the user names, without a
   * search.
   *
   * @param given a further root, physical address in bytes; empty if there is none
   * @return empty if there are none
   */
  Optional<AddressSpaces> named(OptionalLong given) {
    List<Long> roots = new ArrayList<>();
    given.ifPresent(roots::add);
    Stream.concat(hinted.all().stream(), recorded.stream())
        .filter(root -> pages.covers(Pages.floor(root)))
        .forEach(roots::add);
    if (roots.isEmpty()) {
      return Optional.empty();
    }
    PagingMode mode = modeOf(roots);
    List<Long> named = mode == PagingMode.PAE ? roots : floors(roots);
    // The given root comes first: its mappings are the ones that the user asks about.
    return Optional.of(
        new AddressSpaces(
            mode,
            systemOf(named, mode),
            named.stream().distinct().toList(),
            List.of(),
            hinted.encryptionMask()));
  }

  private Optional<AddressSpaces> unnamed(RootCandidates candidates, PageTableProgress progress)
      throws InterruptedException {
    OptionalLong target = linux.bestTarget(candidates.linux);
    List<Long> windows = new WindowsTables(pages).inUse(candidates.windows);
    if (target.isPresent()) {
      List<Long> roots = linux.inUse(candidates.linux, target.getAsLong());
      if (!roots.isEmpty() && roots.size() >= windows.size()) {
        boolean five = linux.levels(target.getAsLong()) == 5;
        PagingMode mode = five ? PagingMode.FIVE_LEVEL : PagingMode.FOUR_LEVEL;
        return Optional.of(spaces(mode, GuestSystem.LINUX, List.of(), roots));
      }
    }
    if (!windows.isEmpty()) {
      return Optional.of(spaces(PagingMode.FOUR_LEVEL, GuestSystem.WINDOWS, List.of(), windows));
    }
    Optional<PagingMode> mode = ShortTables.guess(candidates);
    if (mode.isPresent()) {
      return mode.map(each ->
          spaces(
              each,
              ShortTables.system(candidates, each),
              List.of(),
              ShortTables.inUse(candidates, each)));
    }
    List<Long> pae = PaeRootScan.scan(image, pages, candidates.linuxPae, progress);
    return pae.isEmpty()
        ? Optional.empty()
        : Optional.of(spaces(PagingMode.PAE, GuestSystem.LINUX, List.of(), pae));
  }

  /**
   * All roots. Those next to others by page-table isolation are found by their shape too, even next
   * to a named one: without isolation its neighbor is any page.
   */
  private AddressSpaces spaces(
      PagingMode mode, GuestSystem system, List<Long> named, List<Long> found) {
    TreeSet<Long> all = new TreeSet<>(named);
    all.addAll(found);
    if (mode.isLong() && system == GuestSystem.LINUX) {
      addIsolated(all);
    }
    List<Long> first = List.copyOf(new TreeSet<>(named));
    all.removeAll(first);
    return new AddressSpaces(mode, system, first, List.copyOf(all), hinted.encryptionMask());
  }

  private void addIsolated(NavigableSet<Long> roots) {
    for (long root : List.copyOf(roots)) {
      long even = root & ~(long) Pages.SIZE;
      long odd = even | Pages.SIZE;
      if (pages.covers(even) && pages.covers(odd) && linux.isIsolationPair(even, odd)) {
        roots.add(even);
        roots.add(odd);
      }
    }
  }

  private OptionalLong linuxTarget(List<Long> named) {
    for (long root : named) {
      long even = root & ~(long) Pages.SIZE;
      for (long each : even == root ? List.of(root) : List.of(root, even)) {
        OptionalLong target = linux.target(each);
        if (target.isPresent() && linux.levels(target.getAsLong()) != 0) {
          return target;
        }
      }
    }
    return OptionalLong.empty();
  }

  private GuestSystem systemOf(List<Long> named, PagingMode mode) {
    MachineFacts machine = image.facts().machine();
    if (machine.vmcoreInfo().isPresent()
        || machine.kernelRelease().isPresent()
        || linuxTarget(named).isPresent()) {
      return GuestSystem.LINUX;
    }
    if (!mode.isLong()) {
      return new ShortSystems(pages, mode).of(named);
    }
    return new WindowsTables(pages).areWindows(named) ? GuestSystem.WINDOWS : GuestSystem.UNKNOWN;
  }

  private PagingMode modeOf(List<Long> named) {
    OptionalLong target = linuxTarget(floors(named));
    int levels = target.isPresent() ? linux.levels(target.getAsLong()) : 0;
    return new ModeGuess(pages, image.facts().machine().architecture().orElse(""), hinted)
        .modeOf(named, levels);
  }

  private static List<Long> floors(List<Long> addresses) {
    return addresses.stream().map(Pages::floor).distinct().toList();
  }
}
