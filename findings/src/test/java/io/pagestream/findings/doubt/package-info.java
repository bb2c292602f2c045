@NullMarked
package io.pagestream.findings.doubt;

import org.jspecify.annotations.NullMarked;
