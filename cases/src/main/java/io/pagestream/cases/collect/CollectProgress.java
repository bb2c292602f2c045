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
 */
public record CollectProgress(
    int images,
    int imagesOpened,
    int imagesEnded,
    long pages,
    StageProgress mapper,
    StageProgress analyzers,
    long findingsReceived) {}
