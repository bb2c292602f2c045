/**
 * The pages of an image that were not analyzed, and suspicious amounts of refusals by the mapper.
 */
@NullMarked
package io.pagestream.cases.coverage;

import org.jspecify.annotations.NullMarked;
