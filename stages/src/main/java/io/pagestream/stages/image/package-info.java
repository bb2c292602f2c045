/** The images known to a stage on one partition, in stores of Kafka Streams. */
@NullMarked
package io.pagestream.stages.image;

import org.jspecify.annotations.NullMarked;
