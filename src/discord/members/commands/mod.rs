//! One file for each command that members use.

pub mod answer_this;
pub mod ask;
pub mod compare;
pub mod explore;
pub mod help;
pub mod my_data;
pub mod path;
pub mod pay;
pub mod privacy;
pub mod quiz;
pub mod role;
pub mod sources;
pub mod trend;
pub mod trends;
