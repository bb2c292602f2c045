/** Tests of jobs. */
@NullMarked
package io.pagestream.analyzers.job;

import org.jspecify.annotations.NullMarked;
