//! Render: report × language × format → bytes.
