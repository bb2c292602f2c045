package io.pagestream.cases.collect;

import io.pagestream.schemas.ledger.StageProgress;

/**
 * The progress of a case.
 *
 * @param images images of the case
 * @param imagesOpened images whose manifest is known
 * @param imagesEnded images that have been read to their end
 * @param pages pages that runs will contain, of the images known so far
 * @param mapper work that the mapper has finished
 * @param analyzers work that the analyzers have finished
 * @param findingsReceived findings received, including copies
 * @param fileBytesDone bytes of the image files that correspond to the analyzed pages
 * @param fileBytes bytes of the files of all images of a batch; 0 if they are not known
 */
public record CollectProgress(
    int images,
    int imagesOpened,
    int imagesEnded,
    long pages,
    StageProgress mapper,
    StageProgress analyzers,
    long findingsReceived,
    long fileBytesDone,
    long fileBytes) {
  /** The progress of the images that are known so far. */
  public CollectProgress(
      int images,
      int imagesOpened,
      int imagesEnded,
      long pages,
      StageProgress mapper,
      StageProgress analyzers,
      long findingsReceived,
      long fileBytesDone) {
    this(
        images,
        imagesOpened,
        imagesEnded,
        pages,
        mapper,
        analyzers,
        findingsReceived,
        fileBytesDone,
        0);
  }

  /** The same for a batch whose images are known, although not all of them are opened. */
  public CollectProgress ofBatch(int allImages, long allFileBytes) {
    return new CollectProgress(
        allImages,
        imagesOpened,
        imagesEnded,
        pages,
        mapper,
        analyzers,
        findingsReceived,
        fileBytesDone,
        allFileBytes);
  }
}
