package io.pagestream.whatif;

import io.pagestream.cases.casefolder.StoredCase;
import io.pagestream.cases.casefolder.StoredImage;
import io.pagestream.images.OpenedImage;
import io.pagestream.images.pagetable.SelectedMappings;
import io.pagestream.images.pagetable.TranslatedPages;
import io.pagestream.mapper.call.CallJudge;
import io.pagestream.mapper.call.CallResult;
import io.pagestream.mapper.call.MappingCall;
import io.pagestream.mapper.policy.CachePolicy;
import io.pagestream.schemas.avro.Doubt;
import io.pagestream.schemas.page.Pages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer to one or several calls.
 *
 * @param image name of the image
 * @param policy the rules
 * @param results one for each call, in order
 * @param mappings the mappings of the pages; empty for a case, which keeps their number and types
 * @param doubts doubts about the image
 * @param contradictions contradictions between sources of the range map, in sentences
 */
public record WhatIf(
    String image,
    CachePolicy policy,
    List<CallResult> results,
    Optional<SelectedMappings> mappings,
    List<Doubt> doubts,
    List<String> contradictions) {
  /** Copies its lists. */
  public WhatIf {
    results = List.copyOf(results);
    doubts = List.copyOf(doubts);
    contradictions = List.copyOf(contradictions);
  }

  /**
   * Judges calls by an image.
   *
   * @param calls with physical addresses, or with virtual ones if a root is given
   * @param root page-table root that translates virtual addresses
   */
  public static WhatIf of(
      OpenedImage image, CachePolicy policy, List<MappingCall> calls, OptionalLong root) {
    List<MappingCall> physical = new ArrayList<>();
    for (MappingCall call : calls) {
      physical.add(
          root.isPresent() && call.problem().isEmpty()
              ? translated(image, call, root.getAsLong())
              : call);
    }
    ImageMemory view = ImageMemory.of(image, physical, root);
    return new WhatIf(
        image.name(),
        policy,
        CallJudge.judge(policy, view.memory(), physical),
        Optional.of(view.mappings()),
        image.doubts(),
        image.map().warnings());
  }

  /** Judges calls by a finished case. */
  public static WhatIf of(
      StoredCase stored, StoredImage image, CachePolicy policy, List<MappingCall> calls) {
    return new WhatIf(
        image.name(),
        policy,
        CallJudge.judge(policy, CaseView.of(stored, image, calls), calls),
        Optional.empty(),
        image.doubts(),
        List.of());
  }

  private static MappingCall translated(OpenedImage image, MappingCall call, long root) {
    long first = Pages.floor(call.address());
    long last = Pages.floor(call.address() + call.length() - 1);
    long count = ((last - first) >>> Pages.SHIFT) + 1;
    List<MappingCall.PagesOfCall> pages = new ArrayList<>();
    for (TranslatedPages piece : image.translate(root, first, count)) {
      long start = piece.isMapped() ? piece.physicalAddress() : piece.virtualAddress();
      pages.add(
          new MappingCall.PagesOfCall(
              start, start + Pages.address(piece.pageCount()), piece.isMapped()));
    }
    return new MappingCall(
        call.routine(),
        call.type(),
        call.address(),
        call.length(),
        call.addressBits(),
        true,
        pages);
  }
}
