@NullMarked
package io.pagestream.findings.store;

import org.jspecify.annotations.NullMarked;
