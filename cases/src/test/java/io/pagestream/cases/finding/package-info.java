/** Tests of the columns of findings. */
@NullMarked
package io.pagestream.cases.finding;

import org.jspecify.annotations.NullMarked;
