package io.pagestream.cases.collect;

import io.pagestream.schemas.ledger.StageProgress;

/**
 * How far the case is.
 *
 * @param images images of the case
 * @param imagesOpened images whose manifest is known
 * @param imagesEnded images that have been read to their end
 * @param pages pages that runs will carry, of the images that are known so far
 * @param mapper what the mapper has finished
 * @param analyzers what the analyzers have finished
 * @param findingsReceived findings received, copies counted
 */
public record CollectProgress(
    int images,
    int imagesOpened,
    int imagesEnded,
    long pages,
    StageProgress mapper,
    StageProgress analyzers,
    long findingsReceived) {}
