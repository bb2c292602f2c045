/** What a stage remembers of the images on a partition, in stores of Kafka Streams. */
@NullMarked
package io.pagestream.stages.image;

import org.jspecify.annotations.NullMarked;
