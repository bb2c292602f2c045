package io.pagestream.pipeline;

import io.pagestream.cases.casefolder.CaseFacts;
import io.pagestream.cases.casefolder.GivenImage;
import io.pagestream.cases.collect.CollectProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a job does with each of its images: those that are known are not read, the others are
 * streamed in the order of the plan. The order of the case is that in which the images were given,
 * whatever order they were streamed in.
 */
final class BatchPlan {
  private final List<ImageSubmission> images;
  private final KnownImages known;
  private final Map<Integer, GivenImage> recognized;
  private final List<Integer> places;
  private final int count;
  private final long fileBytes;

  private BatchPlan(
      List<ImageSubmission> images,
      KnownImages known,
      Map<Integer, GivenImage> recognized,
      List<Integer> places) {
    this.images = images;
    this.known = known;
    this.recognized = recognized;
    this.places = places;
    this.count = places.size() + known.labels().size();
    this.fileBytes =
        known.fileBytes() + todo().stream().mapToLong(ImageSubmission::sizeBytes).sum();
  }

  static BatchPlan of(List<ImageSubmission> images, KnownImages known, boolean smallestFirst) {
    Map<Integer, GivenImage> recognized = new TreeMap<>();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Optional<GivenImage> found = known.recognize(images.get(i));
      if (found.isPresent()) {
        recognized.put(i, found.get());
      } else {
        places.add(i);
      }
    }
    if (smallestFirst) {
      // Stable: of images with the same content, the first one given is the first one streamed.
      places.sort(Comparator.comparingLong(place -> images.get(place).sizeBytes()));
    }
    return new BatchPlan(images, known, recognized, places);
  }

  /** The images to stream, in this order. */
  List<ImageSubmission> todo() {
    return places.stream().map(images::get).toList();
  }

  /** The images that need not be streamed. */
  KnownImages known() {
    return known;
  }

  /** All images of the job, before the first one is streamed. */
  List<GivenImage> planned() {
    return given(place -> Optional.empty());
  }

  /** All images of the job with their outcomes. */
  List<GivenImage> given(SubmissionThreads submission) {
    return given(place -> submission.outcome(place));
  }

  private interface Outcomes {
    Optional<GivenImage> of(int place);
  }

  private List<GivenImage> given(Outcomes outcomes) {
    List<GivenImage> given = new ArrayList<>();
    Set<String> analyzed = new LinkedHashSet<>();
    for (int i = 0; i < images.size(); i++) {
      ImageSubmission image = images.get(i);
      GivenImage found = recognized.get(i);
      if (found == null) {
        found =
            outcomes
                .of(places.indexOf(i))
                .orElse(
                    new GivenImage(
                        image.path(), image.label(), GivenImage.Outcome.SKIPPED, "", ""));
      }
      boolean again =
          found.outcome() == GivenImage.Outcome.ANALYZED && !analyzed.add(found.imageId());
      given.add(
          again
              ? new GivenImage(
                  found.path(), found.label(), GivenImage.Outcome.GIVEN_TWICE, found.imageId(), "")
              : found);
    }
    return given;
  }

  /** The ids of the images of the case, in its order. */
  List<String> order(List<GivenImage> given) {
    Set<String> order = new LinkedHashSet<>(known.inCase());
    given.stream().map(GivenImage::imageId).filter(id -> !id.isEmpty()).forEach(order::add);
    return List.copyOf(order);
  }

  /** The facts of the case after the end of the job. */
  CaseFacts finished(CaseFacts facts, List<GivenImage> given) {
    List<String> missing = new ArrayList<>();
    known
        .before()
        .ifPresent(before ->
            before.facts().notAnalysed().stream()
                .filter(message -> images.stream().noneMatch(image -> concerns(message, image)))
                .forEach(missing::add));
    for (GivenImage image : given) {
      if (image.isMissing()) {
        missing.add(image.message());
      }
    }
    CaseFacts before = known.before().map(one -> one.facts()).orElse(facts);
    return facts
        .named(
            facts.caseId().isEmpty() ? before.caseId() : facts.caseId(),
            facts.examiner().isEmpty() ? before.examiner() : facts.examiner())
        .ended(Instant.now(), facts.settings(), missing, given, facts.earlier());
  }

  private static boolean concerns(String message, ImageSubmission image) {
    return image.files().stream()
        .anyMatch(file ->
            message.contains(file + ":")
                || message.contains(file + " ")
                || message.equals(file + ""));
  }

  /** The progress of the job in bytes of files, if it has several images. */
  CollectProgress measured(CollectProgress progress) {
    if (count < 2) {
      return progress;
    }
    return progress.ofBatch(count, fileBytes);
  }
}
