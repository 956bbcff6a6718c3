//! Where somebody is, where they want to be, and what bounds the way.

use crate::knowledge::RoleId;
use crate::knowledge::starts::StartId;
use crate::knowledge::terms::{Education, Order, Trait};
use crate::understanding::filter::Filter;
use crate::understanding::quantities::Amount;
use crate::understanding::request::Place;

/// Ways asked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Wanted {
    /// Roles that they have or had.
    pub roles: Vec<RoleId>,
    /// Whether they have learned a profession abroad, on which nothing is held.
    pub abroad: bool,
    /// Whether they tell of something that a board or an employer may look at, on which nothing is held.
    pub record: bool,
    /// Work outside health care that they do or did, by its title.
    pub outside: Option<String>,
    /// Schooling or training that they bring beside.
    pub start: Option<StartId>,
    /// The level of schooling that they say they hold.
    pub level: Option<Education>,
    /// Pay now, as said.
    pub now: Option<Amount>,
    /// Where.
    pub place: Place,
    /// Where they want to be; anywhere better where it is empty.
    pub to: Option<RoleId>,
    /// Months that the whole way may take, at most.
    pub months: Option<u16>,
    /// The highest schooling that a step may lead to.
    pub schooling: Option<Education>,
    /// What the work must be like, and pay: education and traits of it are not looked at.
    pub limits: Filter,
    /// What they like.
    pub likes: Vec<Trait>,
    /// What the ways are sorted by, where something is said of it.
    pub order: Option<Order>,
    /// Whether one way is to be told step by step, where no goal is named: the role that it leads to.
    pub open: Option<RoleId>,
}

impl Wanted {
    /// Whether less pay than now is enough: "made $68k, would like to land near 50k".
    pub fn takes_less(&self) -> bool {
        let now = self.now.as_ref().map(|now| now.usd);
        now.is_some_and(|now| self.limits.pay_min.is_some_and(|least| least < now))
    }
}
